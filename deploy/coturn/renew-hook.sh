#!/bin/sh
# Hands a new certificate to the TURN server, which must not be able to read what belongs to root. certbot runs it after each
# renewal (/etc/letsencrypt/renewal-hooks/deploy/); RENEWED_LINEAGE is its folder with the certificate.
set -eu

. /etc/parley-turn/turn.env
case ${RENEWED_LINEAGE:?is set by certbot} in
  */"$TURN_HOST") ;;
  *) exit 0 ;; # another site's
esac

tls=${TURN_TLS:-/etc/parley-turn/tls}
user=${TURN_USER:-turnserver}
install -d -m 0750 -o "$user" -g "$user" "$tls"
for file in fullchain.pem privkey.pem; do
  # Beside it first, then in its place in one step: a server that starts in between finds the old one or the new.
  install -m 0400 -o "$user" -g "$user" "$RENEWED_LINEAGE/$file" "$tls/$file.new"
  mv -f "$tls/$file.new" "$tls/$file"
done

if systemctl is-active --quiet parley-turn 2>/dev/null; then
  systemctl reload parley-turn
elif command -v docker >/dev/null && [ -n "$(docker ps -q -f 'name=^parley-turn$')" ]; then
  docker kill -s USR2 parley-turn
fi
