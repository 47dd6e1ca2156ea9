#!/usr/bin/env bash
# renewed_authority.sh OUT: an authority that renewed its certificate with the same name and key, and whose older
# certificate was revoked before it ended, today. Times are days from now:
#   root -400…400   older -300…100 (revoked)   newer -10…300   leaf.pem -5…200
# leaf.chain.pem holds both certificates of the authority, the older first; root.crl.pem names the older one.
set -euo pipefail
out=${1:?usage: renewed_authority.sh OUT}
mkdir -p "$out"
cd "$out"
day() { date -u -d "$1 days" +%Y%m%d%H%M%SZ; }
for name in root authority leaf; do
  openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$name.key"
  : > "$name.index"
  echo 01 > "$name.serial"
  echo 01 > "$name.crlnumber"
  echo 'unique_subject = no' > "$name.index.attr"
done
config() {
  cat > "$1.cnf" <<CNF
[ca]
default_ca = this
[this]
dir              = $out
database         = \$dir/$1.index
new_certs_dir    = \$dir
serial           = \$dir/$1.serial
crlnumber        = \$dir/$1.crlnumber
default_md       = sha256
default_crl_days = 300
policy           = any
[any]
organizationName = supplied
commonName       = supplied
[authority]
basicConstraints     = critical, CA:TRUE
keyUsage             = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[renewed]
basicConstraints     = critical, CA:TRUE
keyUsage             = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
nsComment            = longer than the older one: a CMS message sorts its certificates by their encoding
[leaf]
basicConstraints       = CA:FALSE
keyUsage               = critical, digitalSignature
subjectKeyIdentifier   = hash
CNF
}
issue() {  # issue OUT KEY ISSUER PROFILE FROM UNTIL NAME [option…]
  local file=$1 key=$2 issuer=$3 profile=$4 from=$5 until=$6 name=$7
  shift 7
  config "$issuer"
  openssl req -new -key "$key.key" -subj "/O=Ajuntament de Vilaexemple/CN=$name" -out request.csr
  openssl ca -batch -notext -config "$issuer.cnf" -extensions "$profile" -in request.csr -keyfile "$issuer.key" "$@" \
    -startdate "$(day "$from")" -enddate "$(day "$until")" -out "$file.pem" 2> issue.log || { cat issue.log >&2; exit 1; }
}
issue root root root authority -400 400 Arrel -selfsign
issue older authority root authority -300 100 Autoritat -cert root.pem
issue newer authority root renewed -10 300 Autoritat -cert root.pem
issue leaf leaf authority leaf -5 200 Segell -cert newer.pem
config root
openssl ca -config root.cnf -keyfile root.key -cert root.pem -revoke older.pem 2> /dev/null
openssl ca -config root.cnf -keyfile root.key -cert root.pem -gencrl -out root.crl.pem 2> /dev/null
cat older.pem newer.pem > leaf.chain.pem
