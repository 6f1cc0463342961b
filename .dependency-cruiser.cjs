/**
 * The import rules of the house: apps → services → (chain, persistence) → pure. `uses` says which libraries each pure one
 * may stand on; money and calendar are open to all.
 */
const uses = {
  money: [],
  calendar: [],
  deal: [],
  waterfall: ['deal'],
  collateral: ['deal'],
  valuation: ['waterfall', 'collateral', 'deal'],
  ledger: ['waterfall', 'deal'],
  compliance: [],
  audit: [],
  reporting: [],
  bindings: [],
  verify: ['waterfall', 'audit', 'bindings', 'deal'],
};
const pure = Object.keys(uses);
/** What `weir verify` and a browser run. */
const verification = ['money', 'calendar', 'deal', 'waterfall', 'audit', 'bindings', 'verify'];
const sourceOf = (libs) => ({ path: `^libs/(${libs.join('|')})/src/`, pathNot: '\\.spec\\.ts$' });
const lib = (libs) => `^libs/(${libs.join('|')})/`;

const arrows = pure.map((name) => ({
  name: `arrows-of-${name}`,
  comment: `libs/${name} may import only ${['money', 'calendar', ...uses[name]].join(', ')}`,
  severity: 'error',
  from: { path: `^libs/${name}/` },
  to: { path: '^(libs|apps)/', pathNot: lib([name, 'money', 'calendar', ...uses[name]]) },
}));

module.exports = {
  forbidden: [
    ...arrows,
    {
      name: 'persistence-knows-no-business',
      severity: 'error',
      from: { path: '^libs/persistence/' },
      to: { path: '^(libs/(chain|services)|apps)/' },
    },
    {
      name: 'chain-below-services',
      severity: 'error',
      from: { path: '^libs/chain/' },
      to: { path: '^(libs/services|apps)/' },
    },
    { name: 'services-below-apps', severity: 'error', from: { path: '^libs/services/' }, to: { path: '^apps/' } },
    {
      name: 'apps-stand-apart',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'only-through-index',
      comment: "a library's face is its src/index.ts",
      severity: 'error',
      from: { path: '^(?:libs|apps)/([^/]+)/' },
      to: { path: '^libs/[^/]+/', pathNot: ['^libs/[^/]+/src/index\\.ts$', '^libs/$1/'] },
    },
    { name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-circle-between-capabilities',
      severity: 'error',
      scope: 'folder',
      from: { path: '^libs/services/src/[^/]+$' },
      to: { circular: true },
    },
    {
      name: 'pure-is-pure',
      comment: 'a pure library imports no framework, database or network',
      severity: 'error',
      from: sourceOf(pure),
      to: { path: '(^|/)(@nestjs|typeorm|pg|pg-boss|pg-copy-streams|@fastify|pino)(/|$)' },
    },
    {
      name: 'pure-reaches-no-machine',
      severity: 'error',
      from: sourceOf(pure),
      to: {
        dependencyTypes: ['core'],
        path: '^(net|http|http2|https|tls|dns|dgram|child_process|cluster|worker_threads|os|process|inspector)(/|$)',
      },
    },
    {
      name: 'verification-runs-in-a-browser',
      severity: 'error',
      from: sourceOf(verification),
      to: { dependencyTypes: ['core'] },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.spec.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
