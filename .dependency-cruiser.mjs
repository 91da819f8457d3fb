// The rooms of the architecture (docs/architecture.md) as rules: data flows one way, and each room may use only these.
const rooms = {
  model: [],
  matchers: [],
  netfilter: [],
  resources: ['netfilter', 'matchers', 'model'],
  catalog: ['resources', 'matchers', 'model'],
  evidence: ['model'],
  transport: ['model'],
  vantage: ['transport', 'model'],
  judge: ['resources', 'netfilter', 'matchers', 'model'],
  reporters: ['model'],
  fix: ['transport', 'model'],
  runner: ['catalog', 'evidence', 'fix', 'judge', 'model', 'resources', 'transport', 'vantage'],
};

const roomRules = Object.entries(rooms).map(([room, allowed]) => ({
  name: `${room}-imports`,
  comment: `src/${room} may import ${allowed.length ? allowed.join(', ') : 'no other room'}: what is asked, carried, judged and shown must not know of each other`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: [room, ...allowed].map((each) => `^src/${each}/`) },
}));

export default {
  forbidden: [
    ...roomRules,
    {
      name: 'cli-uses-fronts',
      comment:
        'the command line uses the front of a room (its index, the nouns of the model, the registry), not its inside',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: {
        path: '^src/(?!cli/|model/)[^/]+/.+',
        pathNot: ['/index\\.ts$', '^src/resources/registry\\.ts$', '^src/runner/version\\.ts$'],
      },
    },
    {
      name: 'pure-rooms',
      comment: 'these rooms are pure: no files, no processes, no network, no clock but what they are given',
      severity: 'error',
      from: { path: '^src/(model|matchers|netfilter|resources|judge|reporters)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(node:)?(fs|fs/promises|child_process|http|https|dgram|tls|os|timers)$' },
    },
    {
      name: 'one-user-of-ssh2',
      comment: 'only the transport and the vantage talk to hosts',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(transport|vantage)/' },
      to: { path: ['node_modules/ssh2', '^(node:)?child_process$'] },
    },
    {
      name: 'no-cycles',
      comment: 'types may refer to each other; what runs may not',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-tests-in-the-product',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(test|lab|scripts)/|\\.test\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.mjs'] },
  },
};
