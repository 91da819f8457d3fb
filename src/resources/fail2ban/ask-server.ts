/**
 * Asks fail2ban's server everything over its own socket, in one start of Python and one connection: `fail2ban-client` is a start of
 * its own for every question, and its answers are boxes drawn for people. Pickled commands and answers, each ended by a marker, are
 * what the client and the server speak (`client/csocket.py`, `server/asyncserver.py`). Answers are read by an unpickler that can make
 * plain values only. The kernel says which process answers.
 *
 * It stands in single quotes in the shell, so it holds none. $1 is the main process of the unit; RECORDS in the environment holds
 * sshd's newest records about logins.
 */
export const askServer = String.raw`
import io, ipaddress, json, os, pickle, re, socket, struct, subprocess, sys, time

def say(word, value):
    print(word + "|" + json.dumps(value))

class Plain(pickle.Unpickler):
    def find_class(self, module, name):
        return lambda *args: " ".join(map(str, args))

END = b"<F2B_END_COMMAND>"

class Server:
    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(5)
        self.socket.connect(path)
        peer = self.socket.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
        self.pid, self.uid, _ = struct.unpack("3i", peer)

    def ask(self, *words):
        self.socket.sendall(pickle.dumps(list(words), 4) + END)
        answer = b""
        while not answer.endswith(END):
            more = self.socket.recv(65536)
            if not more:
                raise OSError("fail2ban closed the connection")
            answer += more
        code, value = Plain(io.BytesIO(answer)).load()
        return value if code == 0 else {"error": str(value)}

def listening(pid):
    mine = set()
    for fd in os.listdir("/proc/%s/fd" % pid):
        try:
            mine.add(os.readlink("/proc/%s/fd/%s" % (pid, fd)))
        except OSError:
            pass
    with open("/proc/net/unix", errors="replace") as rows:
        fields = [row.rstrip("\n").split(None, 7) for row in rows]
    return [f[7] for f in fields if len(f) == 8 and f[3] == "00010000" and "socket:[%s]" % f[6] in mine]

def threads(pid):
    names = []
    for task in os.listdir("/proc/%d/task" % pid):
        with open("/proc/%d/task/%s/comm" % (pid, task)) as comm:
            names.append(comm.read().strip())
    return sorted(names)

OPTIONS = """bantime findtime maxretry ignoreip ignoreself ignorecommand journalmatch logpath ignoreregex
bantime.increment bantime.maxtime bantime.factor bantime.formula bantime.multipliers""".split()

def jail(server, name, records):
    told = {"name": name, "status": json.loads(json.dumps(server.ask("status", name)))}
    told["get"] = {option: server.ask("get", name, option) for option in OPTIONS}
    told["actions"] = {action: show(server, name, action) for action in server.ask("get", name, "actions")}
    banned = cut_banned(told["status"])
    told["banned"] = [each for each in banned if each in [record["from"] for record in records]]
    told["enforced"] = enforced(banned[-3:])
    told["nft"] = tables_with(banned[-3:])
    told["catches"] = catches(server, name)
    told["files"] = {path: holds(path, records) for path in told["get"]["logpath"]}
    return told

TOOLS = "nft iptables ip6tables ipset ufw firewall-cmd ip route".split()

def show(server, name, action):
    keys = server.ask("get", name, "actionproperties", action)
    values = {key: str(server.ask("get", name, "action", action, key)) for key in keys}
    four, six = ({key: expand(key, each) for key in ("actionstart", "actionban")} for each in families(values))
    start, ban = four["actionstart"], four["actionban"]
    tools = [tool for tool in TOOLS if re.search("(?:^|[|;&{(]|do|then) *" + tool + " ", ban, re.M)]
    told = {"tools": {tool: found(tool) for tool in tools}}
    # Other actions may hold keys of services that they report to: not for evidence.
    told["ports"] = [resolve(each) for each in values.get("port", "").replace(" ", "").split(",")]
    both = {"start": start, "ban": ban, "start6": six["actionstart"], "ban6": six["actionban"]}
    return {**told, **both, "protocol": values.get("protocol", "")} if tools else told

def families(values):
    for ending in ("?family=inet4", "?family=inet6"):
        own = {key[:-len(ending)]: value for key, value in values.items() if key.endswith(ending)}
        yield {**values, **own}

def resolve(port):
    try:
        return str(socket.getservbyname(port, "tcp"))
    except OSError:
        return port

def expand(key, values):
    text = values.get(key, "")
    for _ in range(9):
        text = re.sub("<([^<> ]+)>", lambda tag: values.get(tag.group(1), tag.group(0)), text)
    return text

def found(tool):
    return any(os.access(folder + "/" + tool, os.X_OK) for folder in os.environ["PATH"].split(":"))

def cut_banned(status):
    for _, part in status:
        for row in part:
            if row[0] == "Banned IP list":
                banned, row[1] = row[1], len(row[1])
                return [str(each) for each in banned]
    return []

def enforced(addresses):
    if not addresses:
        return {}
    text = ""
    for command in (["nft", "list", "ruleset"], ["iptables-save"], ["ip6tables-save"], ["ipset", "save"]):
        try:
            text += subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, timeout=5).stdout.decode(errors="replace")
        except OSError:
            pass
    return {each: re.search("(?<![0-9a-f.:])" + re.escape(each) + "(?![0-9a-f.:])", text) is not None for each in addresses}

def tables_with(addresses):
    if not addresses:
        return []
    try:
        listing = subprocess.run(["nft", "-j", "list", "ruleset"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, timeout=5)
        rows = json.loads(listing.stdout)["nftables"]
    except (OSError, ValueError):
        return []
    sets = [{**row["set"], "holds": held(row["set"], addresses)} for row in rows if "set" in row]
    tables = [(each["family"], each["table"]) for each in sets if each["holds"]]
    kept = [{"set": {key: each[key] for key in ("family", "table", "name", "holds")}} for each in sets]
    return [row for row in kept + [r for r in rows if "chain" in r or "rule" in r] if place(row) in tables]

def place(row):
    [each] = row.values()
    return each["family"], each["table"]

def held(found, addresses):
    return [each for each in addresses if any(within(each, one) for one in found.get("elem", []))]

def within(address, element):
    element = element["elem"]["val"] if isinstance(element, dict) and "elem" in element else element
    if not isinstance(element, dict):
        return element == address
    if "prefix" in element:
        network = "%s/%d" % (element["prefix"]["addr"], element["prefix"]["len"])
        return ipaddress.ip_address(address) in ipaddress.ip_network(network, strict=False)
    return False

SAMPLES = {
    "an invalid user": "Invalid user admin from 203.0.113.7 port 40112",
    "an invalid user over IPv6": "Invalid user admin from 2001:db8::7 port 40112",
    "a user that is not in AllowUsers": "User root from 203.0.113.7 not allowed because not listed in AllowUsers",
    "a wrong password of an existing user": "Failed password for ubuntu from 203.0.113.7 port 40112 ssh2",
    "too many attempts at an existing user":
        "error: maximum authentication attempts exceeded for ubuntu from 203.0.113.7 port 40112 ssh2 [preauth]",
}

def catches(server, name):
    if name != "sshd":
        return None
    new = [d for d in ("/usr/lib/openssh", "/usr/libexec/openssh", "/usr/libexec", "/usr/lib/ssh") if os.path.exists(d + "/sshd-session")]
    head = "host sshd-session[4242]: " if new else "host sshd[4242]: "
    before = server.ask("get", name, "prefregex")
    regexes = [server.ask("get", name, option) for option in ("failregex", "ignoreregex")]
    return {what: counts(head + line, before, *regexes) for what, line in SAMPLES.items()}

def counts(line, before, fails, ignores):
    if before:
        match = re.search(before, line + "\n")
        if not match:
            return False
        line = match.groupdict().get("content", line)
    if any(re.search(each, line + "\n") for each in ignores):
        return False
    for each in fails:
        match = re.search(each, line + "\n")
        if match:
            return match.groupdict().get("nofail") is None
    return False

def holds(path, records):
    try:
        with open(path, "rb") as log:
            log.seek(0, 2)
            log.seek(max(0, log.tell() - 262144))
            text = log.read().decode(errors="replace")
    except OSError as error:
        return error.strerror
    return ["[%s]: %s" % (each.get("_PID"), each["MESSAGE"]) in text for each in records]

def read_records():
    records = []
    for line in os.environ.get("RECORDS", "").splitlines():
        record = json.loads(line)
        if not isinstance(record.get("MESSAGE"), str):
            continue
        record["age"] = round(time.time() - int(record["__REALTIME_TIMESTAMP"]) / 1e6)
        match = re.search(" from ([0-9a-fA-F.:]+)(?: port | not allowed because )", record["MESSAGE"])
        record["from"] = match.group(1) if match and not own(match.group(1)) else ""
        records.append({key: value for key, value in record.items() if key != "_BOOT_ID" and not key.startswith("__")})
    return records

def own(address):
    try:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((address, 0))
        return True
    except OSError:
        return False

def main():
    records = read_records()
    for record in records:
        say("record", record)
    pid = sys.argv[1]
    for path in (pid != "0" and listening(pid)) or ["/run/fail2ban/fail2ban.sock"]:
        try:
            server = Server(path)
        except (FileNotFoundError, ConnectionRefusedError) as error:
            say("silent", "%s: %s" % (path, error.strerror))
            continue
        if server.uid != 0:
            say("stranger", server.uid)
            continue
        say("server", {"pid": server.pid, "ping": server.ask("ping"), "threads": threads(server.pid)})
        names = dict(server.ask("status"))["Jail list"]
        for name in names.replace(",", " ").split():
            say("jail", jail(server, name, records))

main()
`;
