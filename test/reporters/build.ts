import type { ControlResult, Finding, HostResult, Report } from '../../src/model/report.ts';
import { statuses, type Status } from '../../src/model/status.ts';

/** A passing control; `more` makes it what a test needs. */
export function control(id: string, title: string, more: Partial<ControlResult> = {}): ControlResult {
  return {
    id,
    title,
    severity: 'medium',
    section: '1',
    tags: [],
    references: [],
    status: 'pass',
    reason: null,
    waiver: null,
    durationMs: 12,
    source: { file: `controls/${id.split('-')[0]}/${id}.yaml`, line: 2 },
    findings: [],
    fix: { available: false, manual: null, risk: null, status: null, reason: null, before: null, after: null },
    ...more,
  };
}

export function manual(text: string): ControlResult['fix'] {
  return { available: false, manual: text, risk: null, status: null, reason: null, before: null, after: null };
}

export function finding(level: Finding['level'], message: string, more: Partial<Finding> = {}): Finding {
  return { level, code: level === 'pass' ? 'equal' : 'not-equal', message, ...more };
}

export function host(name: string, controls: ControlResult[], more: Partial<HostResult> = {}): HostResult {
  return {
    name,
    target: `ssh://ubuntu@${name}`,
    platform: { os: 'ubuntu', version: '24.04' },
    reachable: true,
    error: null,
    logins: 1,
    execs: 1,
    collectedAt: '2026-03-02T09:30:01.250Z',
    controls,
    exposure: [],
    summary: count(controls),
    ...more,
  };
}

export function report(hosts: HostResult[], more: Partial<Report> = {}): Report {
  const controls = hosts.flatMap((each) => each.controls);
  const unreachable = hosts.filter((each) => !each.reachable).length;
  return {
    schemaVersion: 1,
    tool: { name: 'fleet-audit', version: '0.1.0' },
    startedAt: '2026-03-02T09:30:00.000Z',
    durationMs: 4180,
    profile: { id: 'ovh-vps3', title: 'FleetClaw on an OVH VPS-3 (Ubuntu 24.04 LTS)', digest: 'sha256:1f0c', sections },
    failOn: 'low',
    warnings: [],
    hosts,
    summary: { ...count(controls), hosts: hosts.length, unreachable },
    exitCode: controls.some((each) => each.status === 'fail')
      ? 1
      : controls.some((each) => each.status === 'error')
        ? 3
        : 0,
    ...more,
  };
}

function count(controls: ControlResult[]) {
  const of = (status: Status) => controls.filter((each) => each.status === status).length;
  return Object.fromEntries(statuses.map((status) => [status, of(status)])) as Record<Status, number>;
}

const sections = {
  '1': 'System and user',
  '2': 'SSH',
  '3': 'UFW firewall',
  '4': 'Docker engine',
  '5': 'DOCKER-USER chain',
  '6': 'Localhost binding and exposure',
  '7': 'fail2ban',
  '8': 'Automatic updates',
  '9': 'Docker daemon',
  '10': 'Fleet',
  '11': 'OVH notes',
  '13': 'Access',
};
