import tseslint from 'typescript-eslint';

const PURE = [
  'money',
  'calendar',
  'deal',
  'waterfall',
  'collateral',
  'valuation',
  'ledger',
  'compliance',
  'audit',
  'reporting',
  'bindings',
  'verify',
];
const SPECS = ['**/*.spec.ts', 'test/**/*.ts'];
const SOURCES = ['libs/*/src/**/*.ts', 'apps/*/src/**/*.ts'];

const bareError = {
  selector: "NewExpression[callee.name='Error']",
  message: 'One error class per failure, with typed fields and a message that tells the user what to do next.',
};
const clock = [
  { object: 'Math', property: 'random', message: 'A pure library takes its seed as an argument.' },
  { object: 'Date', property: 'now', message: 'A pure library takes the time as an argument.' },
  { object: 'performance', property: 'now', message: 'A pure library takes the time as an argument.' },
];
const now = {
  selector: "NewExpression[callee.name='Date'][arguments.length=0]",
  message: 'A pure library takes the time as an argument.',
};
const network = {
  name: 'ethers',
  importNames: [
    'JsonRpcProvider',
    'WebSocketProvider',
    'BrowserProvider',
    'IpcSocketProvider',
    'getDefaultProvider',
    'Wallet',
  ],
  message: 'A pure library talks to no network and holds no key.',
};

export default tseslint.config(
  {
    ignores: [
      '**/dist/',
      '**/node_modules/',
      'libs/bindings/src/generated/',
      'contracts/',
      '.nx/',
      '.weir/',
      'coverage/',
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { project: './tsconfig.spec.json', tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/only-throw-error': ['error', { allowRethrowing: true, allowThrowingUnknown: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-deprecated': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  { files: SOURCES, ignores: SPECS, rules: { 'no-restricted-syntax': ['error', bareError] } },
  { files: ['libs/*/src/**/*.ts'], rules: { 'no-console': 'error' } },
  {
    files: PURE.map((name) => `libs/${name}/src/**/*.ts`),
    ignores: SPECS,
    rules: {
      'no-restricted-properties': ['error', ...clock],
      'no-restricted-syntax': ['error', bareError, now],
      'no-restricted-globals': ['error', 'fetch', 'WebSocket', 'setTimeout', 'setInterval'],
      'no-restricted-imports': ['error', { paths: [network] }],
    },
  },
  {
    files: SPECS,
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(skip|only|todo)$/]',
          message: 'A test runs or is removed; it is never passed over silently.',
        },
      ],
    },
  },
);
