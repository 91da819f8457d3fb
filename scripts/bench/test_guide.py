"""Forty controls of the guide as one writes them for pytest-testinfra. A test is called like the control it stands for.

Big answers are asked for once, which is more than most such suites do.
"""
import json
import re

import pytest


@pytest.fixture(scope="module")
def sshd(host):
    lines = host.check_output("/usr/sbin/sshd -T").splitlines()
    return [line.partition(" ")[::2] for line in lines]


@pytest.fixture(scope="module")
def rules(host):
    return host.check_output("/usr/sbin/iptables-save -t filter").splitlines()


@pytest.fixture(scope="module")
def docker(host):
    return json.loads(host.check_output("docker info --format '{{json .}}'"))


def test_sys_timezone_utc(host):
    assert host.check_output("timedatectl show -p Timezone --value") in ("UTC", "Etc/UTC")


def test_sys_hostname(host):
    assert host.check_output("hostnamectl --static") == "fleetclaw-prod"


def test_user_app_exists(host):
    user = host.user("fleetclaw")
    assert user.exists and user.uid >= 1000 and user.shell == "/bin/bash"


def test_user_app_password_locked(host):
    assert host.user("fleetclaw").password.startswith(("!", "*"))


def test_user_app_ssh_dir(host):
    folder = host.file("/home/fleetclaw/.ssh")
    assert folder.is_directory and folder.mode == 0o700 and folder.user == "fleetclaw"


def test_user_app_authorized_keys(host):
    keys = host.file("/home/fleetclaw/.ssh/authorized_keys")
    assert keys.is_file and keys.mode == 0o600 and keys.user == "fleetclaw"


def test_ssh_permit_root_login(sshd):
    assert ("permitrootlogin", "no") in sshd


def test_ssh_password_authentication(sshd):
    assert ("passwordauthentication", "no") in sshd


def test_ssh_pubkey_authentication(sshd):
    assert ("pubkeyauthentication", "yes") in sshd


def test_ssh_kbd_interactive(sshd):
    assert ("kbdinteractiveauthentication", "no") in sshd


def test_ssh_permit_empty_passwords(sshd):
    assert ("permitemptypasswords", "no") in sshd


def test_ssh_x11_forwarding(sshd):
    assert ("x11forwarding", "no") in sshd


def test_ssh_login_grace_time(sshd):
    assert 0 < int(dict(sshd)["logingracetime"]) <= 30


def test_ssh_max_auth_tries(sshd):
    assert int(dict(sshd)["maxauthtries"]) <= 3


def test_ssh_allow_users(sshd):
    assert {value for key, value in sshd if key == "allowusers"} == {"fleetclaw", "ubuntu"}


def test_ufw_installed(host):
    assert host.package("ufw").is_installed


def test_ufw_enabled_at_boot(host):
    assert host.file("/etc/ufw/ufw.conf").contains("^ENABLED=yes$") and host.service("ufw").is_enabled


def test_ufw_default_incoming_deny(rules):
    assert any(line.startswith(":INPUT DROP") for line in rules)


def test_ufw_default_outgoing_allow(rules):
    assert any(line.startswith(":OUTPUT ACCEPT") for line in rules)


def test_ufw_default_routed_deny(rules):
    assert any(line.startswith(":FORWARD DROP") for line in rules)


def test_ufw_allow_ssh(rules):
    assert "-A ufw-user-input -p tcp -m tcp --dport 22 -j ACCEPT" in rules


def test_dockeruser_hooked(rules):
    assert "-A FORWARD -j DOCKER-USER" in rules


def test_dockeruser_external_drop(rules):
    assert "-A DOCKER-USER -i ens3 -j DROP" in rules


def test_dockeruser_rules_file(host):
    assert host.file("/etc/docker/iptables-rules.conf").contains("^-A DOCKER-USER -i ens3 -j DROP$")


def test_dockeruser_unit(host):
    assert host.service("docker-iptables").is_enabled


def test_docker_service(host):
    service = host.service("docker")
    assert service.is_running and service.is_enabled


def test_docker_app_user_access(host):
    assert "docker" in host.user("fleetclaw").groups


def test_docker_socket_perms(host):
    socket = host.file("/run/docker.sock")
    assert socket.is_socket and socket.mode == 0o660 and socket.group == "docker"


def test_docker_log_driver(docker):
    assert docker["LoggingDriver"] == "json-file"


def test_docker_live_restore(docker):
    assert docker["LiveRestoreEnabled"] is True


def test_ports_redis_loopback(host):
    assert host.check_output("docker port fleetclaw-redis 6379/tcp") == "127.0.0.1:6379"


def test_fail2ban_running(host):
    assert "pong" in host.check_output("fail2ban-client ping")


def test_fail2ban_enabled(host):
    assert host.service("fail2ban").is_enabled


def test_updates_installed(host):
    assert host.package("unattended-upgrades").is_installed


def test_env_file_mode(host):
    assert host.file("/home/fleetclaw/fleetclaw/.env").mode == 0o600


def test_env_file_owner(host):
    file = host.file("/home/fleetclaw/fleetclaw/.env")
    assert (file.user, file.group) == ("fleetclaw", "fleetclaw")


def test_swap_active(host):
    assert len(host.file("/proc/swaps").content_string.splitlines()) > 1


def test_swap_file_perms(host):
    file = host.file("/swapfile")
    assert file.mode == 0o600 and file.user == "root"


def test_swap_persistent(host):
    assert re.search(r"(?m)^/swapfile\s+\S+\s+swap\b", host.file("/etc/fstab").content_string)


def test_sysctl_swappiness(host):
    assert host.sysctl("vm.swappiness") <= 10
