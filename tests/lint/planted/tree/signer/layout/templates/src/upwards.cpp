#include "layout/typesetter.h"
#include "consent/item.h"

#include <pango/pango.h>
