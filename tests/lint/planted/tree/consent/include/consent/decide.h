#include "signer/ades/seal.h"
