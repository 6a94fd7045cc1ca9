#!/bin/sh
# Starts turnserver with turnserver.conf and what differs from server to server. What follows on the command line is passed on.
#
#   TURN_HOST         name of this server, as in its certificate: turn.example.org
#   TURN_SECRET_FILE  file with the secret, and nothing else in it
#   TURN_TLS          folder with fullchain.pem and privkey.pem (/etc/parley-turn/tls)
#   TURN_ADDRESSES    addresses of this machine to use, separated by spaces (those of its way to the internet)
#   TURN_EXTERNAL_IP  only behind a NAT, as in many clouds: public address/private address
#   RUNTIME_DIRECTORY folder for what lasts as long as the server runs (/run/parley-turn)
set -eu

fail() {
  echo "parley-turn: $1" >&2
  exit "${2:-78}"
}

# The address that leads to another. Prints nothing where there is no way.
source_to() {
  ip -o route get "$1" 2>/dev/null | sed -n 's/.* src \([^ ]*\).*/\1/p'
}

[ -n "${TURN_HOST:-}" ] || fail 'TURN_HOST is not set: the name of this server, as in turn.example.org'
[ -n "${TURN_SECRET_FILE:-}" ] || fail 'TURN_SECRET_FILE is not set: the file that holds the secret'
[ -r "$TURN_SECRET_FILE" ] || fail "the secret can't be read from $TURN_SECRET_FILE"
tls=${TURN_TLS:-/etc/parley-turn/tls}
for file in fullchain.pem privkey.pem; do
  [ -r "$tls/$file" ] || fail "$tls/$file can't be read: the certificate is put there by renew-hook.sh"
done

here=$(cd "$(dirname "$0")" && pwd)
run=${RUNTIME_DIRECTORY:-/run/parley-turn}
secret=$(tr -d ' \t\r\n' <"$TURN_SECRET_FILE")
[ "${#secret}" -ge 16 ] || fail "the secret in $TURN_SECRET_FILE has fewer than 16 characters: openssl rand -hex 32"

# Named one by one: without, coturn would relay from Docker's bridges too, and on port 443 from 0.0.0.0.
addresses=${TURN_ADDRESSES:-$(source_to 1.1.1.1) $(source_to 2606:4700:4700::1111)}
# The network may not be up yet: not the end, unlike the others.
[ -n "${addresses# }" ] || fail 'this machine has no way to the internet, or no program "ip" to find it: set TURN_ADDRESSES' 75

# The secret is in no command line, where others on the machine could see it.
umask 077
conf=$run/turnserver.conf
{
  cat "$here/turnserver.conf"
  case $(turnserver --version) in
    4.[0-6].*) cat "$here/turnserver-before-4.7.conf" ;;
  esac
  echo "realm=$TURN_HOST"
  echo "server-name=$TURN_HOST"
  echo "static-auth-secret=$secret"
  echo "cert=$tls/fullchain.pem"
  echo "pkey=$tls/privkey.pem"
  echo "pidfile=$run/turnserver.pid"
  echo "userdb=$run/turndb"
  for address in $addresses; do
    echo "listening-ip=$address"
    echo "relay-ip=$address"
    case $address in
      *:*) echo "aux-server=[$address]:443" ;;
      *) echo "aux-server=$address:443" ;;
    esac
  done
  if [ -n "${TURN_EXTERNAL_IP:-}" ]; then
    echo "external-ip=$TURN_EXTERNAL_IP"
    # Two people who both use the relay meet at its private address, which the ranges refuse.
    case $TURN_EXTERNAL_IP in
      */*) echo "allowed-peer-ip=${TURN_EXTERNAL_IP#*/}" ;;
    esac
  fi
} >"$conf"

exec turnserver -c "$conf" "$@"
