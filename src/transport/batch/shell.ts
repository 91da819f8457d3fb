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
 * - One watchdog for all lanes (one `sleep 1` per second) instead of `timeout`, which is not everywhere: TERM, a second
 *   later KILL, then the lane itself if the process cannot be killed. `T` holds a process and all its descendants.
 * - The watchdog also prints a newline per second before the frame: when the client is gone that fails, and everything
 *   on the host is ended and removed. It does the same when the main shell was killed.
 * - Names start with `fa_` because mksh has an alias `r`.
 */
export const library = `${'#\n'.repeat(16)}fa_main(){ [ "$1" = @NONCE@ ] || exit 97
LC_ALL=C LANGUAGE= TZ=UTC; export LC_ALL LANGUAGE TZ
PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:$PATH"; export PATH
FA_FROM=\${FA_SSH_CONNECTION%% *}; export FA_FROM FA_SSH_CONNECTION
unset ENV BASH_ENV CDPATH GREP_OPTIONS LS_COLORS 2>/dev/null; umask 077; ulimit -c 0 2>/dev/null; set +e +u +f; trap '' PIPE
N=@NONCE@ D= Z= W=
H="$(id -u) $(date -u +%Y-%m-%dT%H:%M:%SZ)"
for b in @BASES@; do t=$b/.fa-$N; mkdir -m 700 "$t" 2>/dev/null || continue
{ echo >"$t/w"; } 2>/dev/null && { D=$t; break; }; rm -rf "$t" 2>/dev/null; done
fa_tree(){ T=" $1 "; while :; do fa_g=0; for fa_f in /proc/[0-9]*/stat; do { read -r fa_x <"$fa_f"; } 2>/dev/null || continue
fa_p=\${fa_x%% *}; fa_y=\${fa_x##*) }; fa_y=\${fa_y#* }; fa_y=\${fa_y%% *}
case "$T" in *" $fa_p "*) ;; *) case "$T" in *" $fa_y "*) T="$T$fa_p "; fa_g=1;; esac;; esac
done; [ $fa_g = 0 ] && break; done; }
fa_now(){ fa_t=; { read -r fa_t fa_x </proc/uptime; } 2>/dev/null; }
fa_files(){
fa_clean(){ cd /; rm -rf "$D" || { sleep 1; rm -rf "$D"; }; }
trap fa_clean EXIT
trap 'for z in $Z $W; do fa_tree $z; kill -9 $T 2>/dev/null; done; exit 129' HUP INT TERM
fa_run(){ set -C; { echo >"$D/c$1"; } 2>/dev/null || { set +C; return 0; }; set +C
[ -f "$D/g" ] && { echo "$1" >>"$D/to"; return 0; }
fa_now; fa_b=$fa_t
( ulimit -f $3; eval "$4" ) >"$D/$1.o" 2>"$D/$1.e" </dev/null & echo "$! $1 $2" >"$D/l$L"; wait $!; fa_c=$?
fa_now; echo "$1 $fa_c $fa_b $fa_t" >>"$D/r$L"; }
fa_lane(){ trap - EXIT HUP INT TERM PIPE; L=$1; fa_jobs; : >"$D/l$L"; }
for l in 0 1 2 3; do ( fa_lane $l ) </dev/null >/dev/null 2>&1 & Z="$Z $!"; done
fa_gone(){ for z in $Z; do fa_tree $z; kill -9 $T; done; kill -9 $$; fa_clean; exit; }
fa_watch(){ trap 'kill $s; exit 0' TERM; trap - EXIT HUP INT; n=0
while :; do sleep 1 3>&- & s=$!; wait $s; n=$((n+1)); i=0
kill -0 $$ && echo >&3 || fa_gone
[ $n -ge @TOTAL@ ] && : >"$D/g"
for z in $Z; do { read -r p c t <"$D/l$i"; } && [ -n "$p" ] && { eval "a=\\\${a$i} b=\\\${b$i:-0}"; if [ "$a" != "$p" ]; then eval "a$i=$p b$i=$n"; b=$n; fi; k=$((n-b))
if [ $k -ge $t ] || [ -f "$D/g" ]; then echo "$c" >>"$D/to"; fa_tree $p
if [ $k -gt $((t+2)) ] || [ $n -gt $((@TOTAL@+2)) ]; then kill -9 $z $T; elif [ $k -gt $t ] || [ $n -gt @TOTAL@ ]; then kill -9 $T; else kill $T; fi; fi; }
i=$((i+1)); done; done; }
( fa_watch ) </dev/null 3>&1 >/dev/null 2>&1 & W=$!
wait $Z; kill $W 2>/dev/null; wait $W 2>/dev/null; cd "$D" || exit 96
F=; { printf %065536d 0 >w; } 2>/dev/null || F=' full'
[ -f to ] && while read -r c; do for f in "$c.o" "$c.e"; do [ -f "$f" ] && { cat "$f" >"$f.x"; mv -f "$f.x" "$f"; }; done; done <to
set -- *.o *.e
fa_out(){ echo "$H"; echo =; cat r[0-9]* 2>/dev/null; echo =; [ -f to ] && cat to; echo =; wc -c "$@"; echo =; cat "$@"; }
if command -v gzip >/dev/null 2>&1; then printf '\\nFA1 %s gz%s\\n' "$N" "$F"; fa_out "$@" | gzip -1; printf '\\0\\nFA1 %s end\\n' "$N"
else fa_out "$@" >w || F=' full'; printf '\\nFA1 %s raw%s\\n' "$N" "$F"; cat w; printf '\\nFA1 %s end %s\\n' "$N" "$(cksum <w 2>/dev/null)"; fi; }
fa_stream(){
fa_run(){ printf '\\nFA1 %s o %s\\n' "$N" "$1"; printf '\\nFA1 %s e %s\\n' "$N" "$1" >&2; fa_now; fa_b=$fa_t
( trap - PIPE; eval "$4" ) </dev/null & p=$!
( trap 'kill $s; exit 0' TERM; sleep $2 & s=$!; wait $s; fa_tree $p; kill $T; sleep 1 & s=$!; wait $s; fa_tree $p; kill -9 $T ) </dev/null >/dev/null 2>&1 & w=$!
wait $p; c=$?; kill $w 2>/dev/null; wait $w 2>/dev/null; fa_now
printf '\\nFA1 %s x %s\\n' "$N" "$1" >&2; printf '\\nFA1 %s x %s %s %s %s\\n' "$N" "$1" $c $fa_b $fa_t; }
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
