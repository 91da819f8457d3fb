/** The text of a control file with this check, for tests of what surrounds it. */
export function controlText(id: string, check: string, more = ''): string {
  return `id: ${id}
title: The thing is good
section: "1"
severity: high
description: Why it matters.
tags: [core]
${more}check:
  - ${check}
`;
}
