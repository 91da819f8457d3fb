/**
 * Reads the files as fail2ban itself does, in one start of Python: as `fail2ban-client -t` tests them, as `-d` shows what they would
 * tell the server, and beside that what `[DEFAULT]` says, which neither of them shows. Warnings go to /dev/null, errors are kept.
 * What actions are made of stays out: there may be keys of services in it.
 */
export const askConfig = String.raw`
import glob, json, logging, re

def say(word, value):
    print(word + "|" + json.dumps(value))

class Keep(logging.Handler):
    def emit(self, record):
        if record.levelno >= logging.ERROR:
            say("problem", record.getMessage())

from fail2ban.client.configurator import Configurator
from fail2ban.client.configreader import ConfigReader
from fail2ban.server.mytime import MyTime

log = logging.getLogger("fail2ban")
log.handlers, log.propagate = [Keep()], False
BASE = "/etc/fail2ban"
SHOWN = """bantime findtime maxretry ignoreip addignoreip ignoreself ignorecommand addjournalmatch addlogpath addaction addignoreregex
bantime.increment bantime.maxtime bantime.factor bantime.formula bantime.multipliers""".split()

def test():
    reader = Configurator()
    reader.setBaseDir(BASE)
    try:
        reader.readEarly()
        reader.readAll()
        valid = bool(reader.getOptions(None, {}, ignoreWrong=False))
        reader.convertToProtocol(allow_no_files=False)
    except Exception as error:
        say("problem", str(error))
        return []
    say("valid", valid)
    return jails(reader.getConfigStream())

def jails(stream):
    found = {}
    for words in stream:
        if words[0] == "add":
            found[words[1]] = {"name": words[1], "backend": words[2], "starts": False, "set": []}
        elif words[0] == "start":
            found[words[1]]["starts"] = True
        elif words[0] in ("set", "multi-set") and words[1] in found and words[2] in SHOWN:
            found[words[1]]["set"].append([str(seconds(words[2], each)) for each in flat(words[2:])])
    for each in found.values():
        say("jail", each)
    return found

def flat(words):
    return [each for word in words for each in (word if isinstance(word, list) else [word])]

def seconds(option, value):
    return value if value == option or option not in ("bantime", "findtime", "bantime.maxtime") else MyTime.str2seconds(str(value))

def defaults():
    reader = ConfigReader(basedir=BASE)
    try:
        reader.read("jail")
    except Exception:
        return
    for option in ("bantime", "findtime", "maxretry", "ignoreip"):
        if reader.has_option("DEFAULT", option):
            value = reader.get("DEFAULT", option)
            say("default", [option, str(value), None if option == "ignoreip" else MyTime.str2seconds(str(value))])

def places(shown):
    last = {}
    layers = ("jail.conf", "jail.d/*.conf", "jail.local", "jail.d/*.local")
    for path in [path for layer in layers for path in sorted(glob.glob(BASE + "/" + layer))]:
        section = ""
        with open(path, errors="replace") as lines:
            for number, line in enumerate(lines, 1):
                head = re.match(r"\[([^\]]+)\]", line)
                option = re.match(r"([a-z.]+)\s*[=:]", line)
                section = head.group(1) if head else section
                if option and section:
                    last[section + "|" + option.group(1)] = "%s:%d" % (path, number)
    for key in last:
        section, option = key.split("|")
        if section in shown and option in SHOWN:
            say("place", [section, option, last[key]])

found = test()
defaults()
places(["DEFAULT", *found])
`;
