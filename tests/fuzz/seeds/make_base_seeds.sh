#!/usr/bin/env bash
# Makes the seeds of the fuzzers of base anew, with openssl alone; no private key is kept.   tests/fuzz/seeds/make_base_seeds.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
mkdir -p json cbor certificate pkcs12
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT

printf '%s' '{"a":[1,-2.5e-3,true,null,"\u00e9\ud83d\ude00\\\"\n"],"b":{"":{}}}' > json/object
printf '%s' '[9007199254740993,1e21,0.000001,-0,123456789012345678901234567890]' > json/numbers
printf '\xa4\x00\x01\x01\x18\x2a\x02\x83\x20\x44\x01\x02\x03\x04\x62\xc3\xa9\x18\x18\xa1\x05\xf6' > cbor/event
printf '\x83\x1b\x7f\xff\xff\xff\xff\xff\xff\xff\x3b\x7f\xff\xff\xff\xff\xff\xff\xff\xf5' > cbor/bounds

certify() { openssl req -x509 -newkey "$1" ${2:+-pkeyopt "$2"} -nodes -utf8 -days 3650 -keyout "$work/key" -out "$work/cert.pem" -subj "$3" 2>/dev/null; }
certify ec ec_paramgen_curve:prime256v1 "/C=ES/O=Ajuntament d'Exemple/CN=Núria Inventada"
openssl x509 -in "$work/cert.pem" -outform DER -out certificate/p256.der
cp "$work/cert.pem" certificate/p256.pem
openssl pkcs12 -export -nokeys -in "$work/cert.pem" -passout pass:segell -iter 16 -out pkcs12/certificate
openssl pkcs12 -export -legacy -nokeys -in "$work/cert.pem" -passout pass:segell -iter 16 -out pkcs12/certificate-legacy
certify ed25519 '' '/CN=a+O=b'
openssl x509 -in "$work/cert.pem" -outform DER -out certificate/ed25519.der
openssl pkcs12 -export -nokeys -in "$work/cert.pem" -passout pass:segell -iter 16 -keypbe NONE -certpbe NONE -out pkcs12/clear
printf -- '-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAUwAwYBAAQA\n-----END ENCRYPTED PRIVATE KEY-----\n' > pkcs12/empty.pem
