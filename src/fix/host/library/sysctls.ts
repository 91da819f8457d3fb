/** Kernel parameters. At boot systemd-sysctl sets them, from files that are back by then. */
export const sysctls = `fa_keep_sysctl() { sysctl -n "$1" >/dev/null && printf '%s=%s\\n' "$1" "$(sysctl -n "$1")" >>"$T/backup/sysctls"; }
fa_set() { sysctl -qw "$1=$2"; }
fa_reset() { [ "$BY" = boot ] || fa_set "$1" "$2"; }
`;
