/** ssh2 takes longer to load than all the rest of us, so it is loaded when a host is asked over SSH, not before. */
export async function loadSsh2() {
  const { default: ssh2 } = await import('ssh2');
  return ssh2;
}
