/** Lines for a start-up file that reads some of stdin. */
export const fodder = '#\n'.repeat(16);

/**
 * What runs on the host: POSIX sh, tried on dash, bash, busybox ash and mksh; nothing but sh, cat, rm, mkdir, rmdir, mv,
 * sleep, wc, id and date is needed, gzip and cksum are used when they are there.
 *
 * Why it is as it is:
 * - The leading comment lines are fodder for a `.bashrc` that reads a line or two of stdin.
 * - Everything is one function, called on the last line with the nonce: half a script does nothing.
 * - Lanes claim a probe by creating a file with `set -C` (O_EXCL): no forks, and a killed lane loses one probe only.
 * - Output goes to files under RLIMIT_FSIZE, because a pipe cannot be capped without a process per probe; lengths
 *   (`wc -c`) rather than delimiters tell the streams apart.
 * - One watchdog for all lanes (one `sleep 1` per second) instead of `timeout`, which is not everywhere. It ends a probe
 *   with all its descendants (`T`): all are stopped until no new one shows up, for a process that runs may fork while
 *   others are looked for. The probe itself is stopped first and killed last: its end is what everybody waits for. A
 *   lane whose probe cannot be killed is given up.
 * - Watchdogs are ended with KILL: a TERM is lost that comes while a subshell is still setting its traps (dash), or just
 *   before `wait` (mksh). The most that stays is a `sleep 1`.
 * - The watchdog also prints a newline per second before the frame: when the client is gone that fails, and everything
 *   on the host is ended and removed. It does the same when the main shell was killed.
 * - The empty 0.o and 0.e are there because `wc` and `cat` want a file even when no probe was started.
 * - When the watchdog ends everything, it stops the main shell first, which would end it once the lanes are gone.
 * - `fa_end` kills its own shell at last, because mksh does not exit while it has stopped jobs.
 * - `fa_env`: of the environment only what is named there goes on. Where pam_env reads /etc/environment for sudo, APT_CONFIG,
 *   DOCKER_HOST or LD_PRELOAD would have tools look at something else than the services of the host do. A value of several
 *   lines may look like more names; they are only unset.
 * - Names start with `fa_` because mksh has an alias `r`.
 */
export const library = `${fodder}fa_env(){ set -f; IFS='
'; for fa_x in $(export -p); do fa_x=\${fa_x#export }; fa_x=\${fa_x#declare -x }; fa_x=\${fa_x#typeset -x }; fa_x=\${fa_x%%=*}
case $fa_x in PATH|PWD|OLDPWD|HOME|USER|LOGNAME|SHELL|LC_ALL|LANGUAGE|TZ|SUDO_*|FA_*|''|[0-9]*|*[!A-Za-z0-9_]*) ;; *) command unset "$fa_x";; esac
done; unset IFS; set +f; }
fa_main(){ [ "$1" = @NONCE@ ] || exit 97
LC_ALL=C LANGUAGE= TZ=UTC; export LC_ALL LANGUAGE TZ
PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:$PATH"; export PATH
FA_FROM=\${FA_SSH_CONNECTION%% *}; export FA_FROM FA_SSH_CONNECTION
fa_env 2>/dev/null; umask 077; ulimit -c 0 2>/dev/null; set +e +u +f; trap '' PIPE
N=@NONCE@ D= Z= W= p= w=
H="$(id -u) $(date -u +%Y-%m-%dT%H:%M:%SZ)"
fa_tree(){ T=" $* "; while :; do fa_g=0; for fa_f in /proc/[0-9]*/stat; do { read -r fa_x <"$fa_f"; } 2>/dev/null || continue
fa_p=\${fa_x%% *}; fa_y=\${fa_x##*) }; fa_y=\${fa_y#* }; fa_y=\${fa_y%% *}
case "$T" in *" $fa_p "*) ;; *) case "$T" in *" $fa_y "*) T="$T$fa_p "; fa_g=1;; esac;; esac
done; [ $fa_g = 0 ] && break; done; }
fa_stop(){ kill -STOP $*; fa_s=; fa_tree $*; while [ "$T" != "$fa_s" ]; do fa_s=$T; kill -STOP $T; fa_tree $*; done; }
fa_kill(){ fa_stop $1; kill -9 \${T#" $1 "}; kill -9 $1; }
fa_clean(){ [ -z "$D" ] || { cd /; rm -rf "$D" || { sleep 1; rm -rf "$D"; }; }; }
trap fa_clean EXIT
fa_end(){ fa_stop $Z $p $w $1; kill -9 $T; fa_clean; kill -9 $$; } 2>/dev/null
trap 'fa_end $W' HUP INT TERM
for b in @BASES@; do D=$b/.fa-$N; mkdir -m 700 "$D" 2>/dev/null || { D=; continue; }
{ echo >"$D/w"; } 2>/dev/null && break; rm -rf "$D" 2>/dev/null; D=; done
fa_now(){ fa_t=; { read -r fa_t fa_x </proc/uptime; } 2>/dev/null; }
fa_files(){
fa_run(){ set -C; { echo >"$D/c$1"; } 2>/dev/null || { set +C; return 0; }; set +C
[ -f "$D/g" ] && { echo "$1" >>"$D/to"; return 0; }
fa_now; fa_b=$fa_t
( ulimit -f $3; eval "$4" ) >"$D/$1.o" 2>"$D/$1.e" </dev/null & echo "$! $1 $2" >"$D/l$L"; wait $!; fa_c=$?
fa_now; echo "$1 $fa_c $fa_b $fa_t" >>"$D/r$L"; }
fa_lane(){ trap - EXIT HUP INT TERM PIPE; L=$1; fa_jobs; : >"$D/l$L"; }
for l in 0 1 2 3; do ( fa_lane $l ) </dev/null >/dev/null 2>&1 & Z="$Z $!"; done
fa_gone(){ kill -STOP $$; p= w=; fa_end; exit; }
fa_watch(){ trap - EXIT HUP INT TERM; n=0
while :; do sleep 1 3>&-; n=$((n+1)); i=0
kill -0 $$ && echo >&3 || fa_gone
[ $n -ge @TOTAL@ ] && : >"$D/g"
for z in $Z; do { read -r p c t <"$D/l$i"; } && [ -n "$p" ] && { eval "a=\\\${a$i} b=\\\${b$i:-0}"; if [ "$a" != "$p" ]; then eval "a$i=$p b$i=$n"; b=$n; fi; k=$((n-b))
if [ $k -ge $t ] || [ -f "$D/g" ]; then echo "$c" >>"$D/to"; fa_kill $p
if [ $k -gt $((t+1)) ] || [ $n -gt $((@TOTAL@+1)) ]; then kill -9 $z; fi; fi; }
i=$((i+1)); done; done; }
( fa_watch ) </dev/null 3>&1 >/dev/null 2>&1 & W=$!
wait $Z; { kill -9 $W; wait $W; } 2>/dev/null; cd "$D" || exit 96
F=; { printf %065536d 0 >w; } 2>/dev/null || F=' full'
[ -f to ] && while read -r c; do for f in "$c.o" "$c.e"; do [ -f "$f" ] && { cat "$f" >"$f.x"; mv -f "$f.x" "$f"; }; done; done <to
: >0.o; : >0.e; set -- *.o *.e
fa_out(){ echo "$H"; echo =; cat r[0-9]* 2>/dev/null; echo =; [ -f to ] && cat to; echo =; wc -c "$@"; echo =; cat "$@"; }
if command -v gzip >/dev/null 2>&1; then printf '\\nFA1 %s gz%s\\n' "$N" "$F"; fa_out "$@" | gzip -1; printf '\\0\\nFA1 %s end\\n' "$N"
else fa_out "$@" >w || F=' full'; printf '\\nFA1 %s raw%s\\n' "$N" "$F"; cat w; printf '\\nFA1 %s end %s\\n' "$N" "$(cksum <w 2>/dev/null)"; fi; }
fa_stream(){
fa_run(){ printf '\\nFA1 %s o %s\\n' "$N" "$1"; printf '\\nFA1 %s e %s\\n' "$N" "$1" >&2; fa_now; fa_b=$fa_t
( trap - EXIT HUP INT TERM PIPE; eval "$4" ) </dev/null & p=$!
( trap - EXIT HUP INT TERM; k=0; while [ $k -lt $2 ]; do sleep 1; k=$((k+1)); done; fa_kill $p ) </dev/null >/dev/null 2>&1 & w=$!
{ wait $p; } 2>/dev/null; c=$?; fa_now
printf '\\nFA1 %s x %s\\n' "$N" "$1" >&2; printf '\\nFA1 %s x %s %s %s %s\\n' "$N" "$1" $c $fa_b $fa_t
{ kill -9 $w; wait $w; } 2>/dev/null; }
printf '\\nFA1 %s str %s\\n' "$N" "$H"
fa_jobs
printf '\\nFA1 %s end\\n' "$N" >&2; printf '\\nFA1 %s end\\n' "$N"; }
fa_jobs(){ :
@jobs@
}
if [ -n "$D" ]; then fa_files; else fa_stream; fi
}
fa_main @NONCE@
`;
