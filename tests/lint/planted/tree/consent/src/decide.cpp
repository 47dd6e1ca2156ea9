#include "storage/transaction.h"

#include <openssl/evp.h>
