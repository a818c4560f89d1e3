# Owns the folder of a session: makes it, and when the input ends, ends all processes of the session and removes the folder.
# The input ends however wsgen ends. Its lines are process groups of shells, or `end`: end all processes, and answer.
# $1: folder for temporary files; $2: "keep" leaves the folder.
trap '' INT TERM HUP QUIT PIPE
umask 077
folder=$(mktemp -d "$1/wsgen-test-XXXXXXXX") && folder=$(cd "$folder" && pwd -P) || exit 1
mkdir "$folder/home" "$folder/tmp" "$folder/page" "$folder/run" || exit 1

# Processes that have left their group. The environment tells whose they are.
strays() {
  if [ -d /proc/self ]; then
    grep -lszE "^WSGEN_TEST=.*${folder##*/}" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3
  else
    ps -Eww -axo pid=,command= 2>/dev/null | grep "WSGEN_TEST=[^ ]*${folder##*/}" | grep -v grep | awk '{ print $1 }'
  fi
}
signal() {
  for group in $groups; do kill "-$1" -- "-$group" 2>/dev/null; done
  for process in $(strays); do kill "-$1" "$process" 2>/dev/null; done
}
alive() {
  for group in $groups; do kill -0 -- "-$group" 2>/dev/null && return 0; done
  [ -n "$(strays)" ]
}
end_all() {
  tries=0
  alive && signal TERM
  while alive && [ $tries -lt 10 ]; do
    sleep 0.05
    tries=$((tries + 1))
  done
  while alive && [ $tries -lt 100 ]; do
    signal KILL
    sleep 0.05
    tries=$((tries + 1))
  done
  groups=
}

printf '%s\n' "$folder"
groups=
while IFS= read -r line; do
  case $line in
    end) end_all && printf '\n' ;;
    *) groups="$groups $line" ;;
  esac
done
end_all
[ "$2" = keep ] && exit 0
# Go keeps what it has downloaded in folders that cannot be written to.
rm -rf "$folder" 2>/dev/null || {
  chmod -R u+rwX "$folder" 2>/dev/null
  rm -rf "$folder"
}
