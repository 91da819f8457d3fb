import type { Builder } from 'junit-report-builder';
import type { HostResult, Report } from '../../model/report.ts';
import { addCase, addHostCase } from './case.ts';
import { attribute } from './complete.ts';
import { attributeText } from './text.ts';

/** One host. Suites are flat: readers on GitHub ignore nested ones. */
export function addSuite(builder: Builder, report: Report, host: HostResult, unique: (name: string) => string): void {
  const suite = builder.testSuite();
  suite.name(attributeText(host.name)).timestamp(attributeText(host.collectedAt));
  attribute(suite, 'hostname', attributeText(host.name));
  attribute(suite, 'time', (host.controls.reduce((sum, each) => sum + each.durationMs, 0) / 1000).toFixed(3));
  for (const [name, value] of propertiesOf(report, host)) suite.property(name, attributeText(value));
  addHostCase(suite, host, unique);
  for (const control of host.controls) addCase(suite, host, control, unique);
}

function propertiesOf({ tool, profile, failOn, exitCode }: Report, host: HostResult): [string, string][] {
  const { platform, target } = host;
  return [
    ['tool', tool.name],
    ['tool.version', tool.version],
    ['profile', profile.id],
    ['profile.digest', profile.digest],
    ['target', target],
    ['platform', platform ? `${platform.os} ${platform.version}` : 'unknown'],
    ['fail-on', failOn],
    ['exit-code', String(exitCode)],
  ];
}
