#!/usr/bin/env bash
# Issues the example PKI of pki.txt into a folder outside the source tree. NOT FOR PRODUCTION.
#   certs-example/issue.sh OUT      issue into OUT, or leave it alone when it is there, complete and young
# Idempotent and safe to run twice at once: a finished folder appears by one rename. Private keys are 0600.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${1:?usage: issue.sh OUT}
passphrase=segell        # of the example PKCS#12 files, printed on purpose: these keys protect nothing
organisation='SEGELL EXAMPLE - NOT FOR PRODUCTION'

mkdir -p "$(dirname "$out")"
out=$(cd "$(dirname "$out")" && pwd)/$(basename "$out")
case $out/ in "$(dirname "$here")"/*)
  echo "issue.sh: $out lies inside the source tree" >&2
  echo "hint: private keys are never issued beside the sources; name a folder elsewhere" >&2
  exit 2 ;;
esac

stamp=$(cat "$here"/pki.txt "$here"/profiles.cnf "$here"/issue.sh | openssl dgst -sha256 -r | cut -c1-16)
# CRLs below live 60 days: a folder older than 30 is issued anew.
if [ "$(cat "$out/stamp" 2>/dev/null)" = "$stamp" ] && [ -z "$(find "$out/stamp" -mtime +30)" ]; then exit 0; fi

umask 077
work=$(mktemp -d "$out.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"
day() { date -u -d "$1 days" +%Y%m%d%H%M%SZ; }

# One openssl-ca database a CA; its index is what the CRL and the OCSP responder are made from.
declare_ca() {
  mkdir -p "db/$1/new"
  : > "db/$1/index.txt"
  echo 'unique_subject = no' > "db/$1/index.txt.attr"
  openssl rand -hex 8 > "db/$1/serial"
  echo 1000 > "db/$1/crlnumber"
}
ca_config() {
  cat <<CNF
[ca]
default_ca = this
[this]
dir               = $work/db/$1
database          = \$dir/index.txt
new_certs_dir     = \$dir/new
serial            = \$dir/serial
crlnumber         = \$dir/crlnumber
certificate       = $work/$1.pem
private_key       = $work/$1.key
default_md        = sha256
default_crl_days  = 60
policy            = any
[any]
countryName       = optional
organizationName  = supplied
commonName        = supplied
CNF
  cat "$here/profiles.cnf"
}

make_key() {
  case $2 in
    rsa:*) openssl genpkey -quiet -algorithm RSA -pkeyopt "rsa_keygen_bits:${2#rsa:}" -out "$1.key" ;;
    p256)  openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key" ;;
    *)     echo "issue.sh: pki.txt names an unknown key type $2" >&2; exit 2 ;;
  esac
}

issue() {
  local name=$1 key=$2 issuer=$3 profile=$4 from=$5 until=$6 common_name=$7
  make_key "$name" "$key"
  openssl req -new -utf8 -key "$name.key" -subj "/C=ES/O=$organisation/CN=$common_name" -out "$name.csr"
  [ "$issuer" = - ] && { declare_ca "$name"; issuer=$name; self=-selfsign; } || self=
  [ "$profile" = issuing ] && declare_ca "$name"
  ca_config "$issuer" > ca.cnf
  openssl ca -batch -notext -utf8 $self -config ca.cnf -extensions "$profile" -in "$name.csr" -keyfile "$issuer.key" \
    -startdate "$(day "$from")" -enddate "$(day "$until")" -out "$name.pem" 2> "$name.log" || { cat "$name.log" >&2; exit 1; }
  rm -f "$name.csr" "$name.log"
}

while read -r name key issuer profile from until common_name; do
  case $name in ''|'#'*) continue ;; esac
  issue "$name" "$key" "$issuer" "$profile" "$from" "$until" "$common_name"
done < "$here/pki.txt"

ca_config issuing > ca.cnf
openssl ca -config ca.cnf -revoke seal-revoked.pem -crl_reason keyCompromise 2>/dev/null
for ca in root issuing unknown-root; do
  ca_config "$ca" > ca.cnf
  openssl ca -config ca.cnf -gencrl -out "$ca.crl.pem" 2>/dev/null
done

cat issuing.pem root.pem > chain.pem
for name in seal-rsa seal-p256; do
  openssl pkcs12 -export -in "$name.pem" -inkey "$name.key" -certfile chain.pem -passout "pass:$passphrase" -out "$name.p12"
done
# What many public bodies still receive: RC2-40 and 3DES.
openssl pkcs12 -export -legacy -in seal-rsa.pem -inkey seal-rsa.key -certfile chain.pem -passout "pass:$passphrase" -out seal-rsa-legacy.p12

mkdir anchors                 # what `segell verify --trust` takes
cp root.pem root.crl.pem issuing.crl.pem anchors/
cp db/issuing/index.txt ocsp-index.txt
cat > README.txt <<'TXT'
Example keys and certificates of Segell. NOT FOR PRODUCTION: they are made by a public script, their passphrases are printed in it, and a
segelld that is not in its example profile refuses them. Issued by certs-example/issue.sh from certs-example/pki.txt.
TXT
rm -f ca.cnf *.csr
chmod 600 -- *.key *.p12
chmod 755 . anchors && chmod 644 -- *.pem anchors/* README.txt
echo "$stamp" > stamp
old=
if [ -e "$out" ]; then old=$out.old.$$; mv "$out" "$old"; fi
mv -T "$work" "$out" 2>/dev/null || true      # another run was faster: its folder is as good
trap - EXIT
rm -rf "$work" ${old:+"$old"}
