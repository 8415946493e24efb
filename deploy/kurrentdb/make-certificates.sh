#!/bin/bash
# Makes, where it is missing, a certificate authority and a certificate for each KurrentDB node that is named.
# The authority's key stays in its own volume, which no other container mounts.
set -euo pipefail
: "${KURRENTDB_PASSWORD:?KURRENTDB_PASSWORD is not set: put KURRENTDB_PASSWORD=... into the file .env beside docker-compose.yml}"
if [[ ! "$KURRENTDB_PASSWORD" =~ ^[A-Za-z0-9_-]{12,}$ ]]; then
  echo "KURRENTDB_PASSWORD: at least 12 letters, digits, - and _, since it is part of an address" >&2
  exit 1
fi

authority=${AUTHORITY_DIR:-/authority}
certificates=${CERTIFICATES_DIR:-/certificates}
# Of KurrentDB's user in its image.
owner=${CERTIFICATES_OWNER:-1001:1001}

if [[ ! -f "$authority/ca.key" ]]; then
  es-gencert-cli create-ca -days 3650 -out "$authority"
fi
mkdir -p "$certificates/ca"
cp -f "$authority/ca.crt" "$certificates/ca/ca.crt"
chmod 755 "$certificates" "$certificates/ca"
chmod 444 "$certificates/ca/ca.crt"

for node in "$@"; do
  if [[ ! -f "$certificates/$node/node.crt" ]]; then
    es-gencert-cli create-node -days 825 -ca-certificate "$authority/ca.crt" -ca-key "$authority/ca.key" \
      -dns-names "$node,localhost" -ip-addresses 127.0.0.1 -out "$certificates/$node"
  fi
  chown -R "$owner" "$certificates/$node"
  chmod 700 "$certificates/$node"
done
