/**
 * Shell: asks sshd about logins. Users, addresses and so on are taken from the Match lines of all files that sshd says it reads,
 * a member for each group, one example for each pattern and network, then combined. That is only the search for
 * good questions: whether every line was met is judged later, on the files and the answers.
 */
export const logins = `
plan='
function add(kind, value) {
  if (value !~ /^[A-Za-z0-9_.:@$+-]+$/) return
  if (!((kind, value) in known)) { known[kind, value] = 1; list[kind, ++count[kind]] = value }
  if (!denied && !((blocks, kind) in own)) own[blocks, kind] = value
}
function ask(spec) { if (!(spec in asked) && printed < 64) { asked[spec] = 1; printed++; print substr(spec, 2) } }
function like(pattern, filling) { gsub(/[*?]/, filling, pattern); return pattern }
function address(text) {
  sub(/\\/.*/, "", text)
  if (text !~ /[*?]/) return text
  text = like(text, "1")
  while (text !~ /:/ && split(text, part, ".") < 4) text = text ".1"
  return text
}
function group(pattern,   line, field, member, n, i, re) {
  re = pattern; gsub(/[.+$]/, "\\\\\\\\&", re); gsub(/\\*/, ".*", re); gsub(/\\?/, ".", re)
  while (("getent group" | getline line) > 0) {
    split(line, field, ":")
    if (field[1] !~ ("^(" re ")$")) continue
    n = split(field[4], member, ",")
    for (i = 1; i <= n && i <= 3; i++) add("user", member[i])
    gid[field[3]] = 1
  }
  close("getent group")
  while (("getent passwd" | getline line) > 0) { split(line, field, ":"); if (field[4] in gid) { add("user", field[1]); delete gid[field[4]] } }
  close("getent passwd")
}
function criterion(name, text,   part, n, i, each) {
  n = split(text, part, ",")
  for (i = 1; i <= n; i++) {
    each = part[i]; denied = sub(/^!/, "", each)
    if (name == "user") add("user", like(each, "x"))
    else if (name == "group") group(each)
    else if (name == "address") add("addr", address(each))
    else if (name == "host") add("host", like(each, "x"))
    else if (name == "localaddress") add("laddr", address(each))
    else if (name == "localport") add("lport", each)
    else if (name == "rdomain") add("rdomain", like(each, "x"))
  }
}
BEGIN {
  add("user", "root"); n = split(users, part, " "); for (i = 1; i <= n; i++) add("user", part[i]); add("user", "fleet-audit-nobody")
  add("addr", "203.0.113.1"); if (from != "") add("addr", from)
  add("host", "client.invalid"); add("laddr", "198.51.100.1"); add("lport", port); list["rdomain", ++count["rdomain"]] = ""
}
{
  line = tolower($0)
  if (line !~ /^[ \\t]*"?match["= \\t]/) next
  line = $0; sub(/^[ \\t]*"?[Mm][Aa][Tt][Cc][Hh]"?[ \\t=]*/, "", line); sub(/[ \\t]#.*/, "", line); gsub(/["\\r]/, "", line); gsub(/=/, " ", line)
  blocks++; n = split(line, word, /[ \\t]+/)
  for (w = 1; w < n; w += 2) criterion(tolower(word[w]), word[w + 1])
}
END {
  # Where sshd itself came across no Match, all logins are alike, and one has been asked about.
  if (met == 0) exit
  split("user addr host laddr lport rdomain", kinds, " "); product = 1
  for (k = 1; k <= 6; k++) { product *= count[kinds[k]]; at[k] = 1 }
  # Where all combinations are too many: what each Match asks for, then those that change at most two things.
  for (block = 1; product > 64 && block <= blocks; block++) {
    spec = ""
    for (k = 1; k <= 6; k++) { value = ((block, kinds[k]) in own) ? own[block, kinds[k]] : list[kinds[k], 1]; if (value != "") spec = spec "," kinds[k] "=" value }
    ask(spec)
  }
  for (done = 0; !done && printed < 64;) {
    odd = 0; for (k = 1; k <= 6; k++) odd += at[k] > 1
    if (product <= 64 || odd <= 2) {
      spec = ""; for (k = 1; k <= 6; k++) { value = list[kinds[k], at[k]]; if (value != "") spec = spec "," kinds[k] "=" value }
      ask(spec)
    }
    for (k = 6; k >= 1 && ++at[k] > count[kinds[k]]; k--) at[k] = 1
    done = k < 1
  }
}'
# What sshd has read so far comes from its own trace.
read_files() { printf '%s\\n' "$text" | sed -n 's/^debug2: load_server_config: filename //p'; }
said() { printf '%s\\n' "$text" | grep -av -e '^debug' -e '^[a-z0-9]* ' | tail -n 5 | tag said; }
keep() { # the values asked for and the lines that set something; of the trace before Match only if $1 is all
  printf '%s\\n' "$text" | awk -v keys="$keys" -v all="$1" '
    /^debug2: parse_server_config_depth: config reprocess config / { second = 1; print "match|"; next }
    /^debug3: .*:[0-9]+ setting / { if (second || all) print "trace|" $0; next }
    /^debug2: (load_server_config: filename |.* line [0-9]+: including )/ { if (all) print "trace|" $0; next }
    !/^debug/ && $1 ~ ("^(" keys ")$") { print "out|" $0 }'
}
every=
while IFS= read -r options; do
  ask -t $options
  printf 'test|%s|%s\\n' "$rc" "$options"
  [ -z "$text" ] || said
  base=user=root,addr=203.0.113.1,host=client.invalid,laddr=198.51.100.1,lport=22
  ask -T -ddd $options -C "$base"
  printf 'login|%s|%s|%s\\n' "$rc" "$base" "$options"
  keep all
  [ "$rc" = 0 ] || said
  met=$(printf '%s\\n' "$text" | grep -ac '^debug3: checking match for ')
  found=$(read_files)
  every="$every$found$nl"
  [ "$rc" = 0 ] || continue
  port=$(printf '%s\\n' "$text" | sed -n 's/^port \\([0-9]*\\)$/\\1/p' | head -n 1)
  users=$(printf '%s\\n' "$text" | sed -n 's/^allowusers \\([^@]*\\).*/\\1/p' | grep -v '[*?!]' | tr '\\n' ' ')
  printf '%s\\n' "$found" | sort -u | while IFS= read -r file; do cat -- "$file"; echo; done 2> /dev/null |
    awk -v users="$users \${SUDO_USER-}" -v from="\${FA_FROM-}" -v port="\${port:-22}" -v met="$met" "$plan" | while IFS= read -r spec; do
    [ "$spec" != "$base" ] || continue
    ask -T -ddd $options -C "$spec"
    printf 'login|%s|%s|%s\\n' "$rc" "$spec" "$options"
    keep ''
    [ "$rc" = 0 ] || said
  done
  every="$every$(printf '%s\\n' "$text" | sed -n 's/^hostkey /key /p')$nl"
done << END
\${sets%"$nl"}
END
`;
