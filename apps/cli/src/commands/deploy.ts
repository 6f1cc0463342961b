import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Hex, Manifest, PlatformTerms, Signer } from '@weir/chain';
import { InputUnreadable, OptionInvalid, OptionsDisagree } from '../errors.js';
import { rpcOver } from '../rpc.js';

interface Options {
  rpc: string;
  out?: string;
  check?: string;
  keyFile?: string;
  passphraseFile?: string;
  from?: string;
  signed?: string;
  admin?: string;
  operator?: string;
  compliance?: string;
  guardian?: string;
  stablecoin?: string;
  testStablecoin?: boolean;
  pledges?: string;
  timelock: string;
  confirmations?: string;
  developmentTerms?: boolean;
}

/** The library loads a database's drivers, which no other command needs. */
const chain = () => import('@weir/chain');

function addressIn(option: string, text: string | undefined): Hex | null {
  if (text === undefined) return null;
  if (!/^0x[0-9a-fA-F]{40}$/.test(text)) throw new OptionInvalid(option, text, 'an address of 0x and 40 hex digits');
  return text.toLowerCase() as Hex;
}

function neededAddress(option: string, text: string | undefined): Hex {
  const address = addressIn(option, text);
  if (address === null) throw new OptionsDisagree(`a deployment needs ${option}`);
  return address;
}

function secondsIn(text: string): number {
  if (!/^\d{1,8}$/.test(text) || Number(text) > 31_536_000)
    throw new OptionInvalid('--timelock', text, 'seconds up to a year, such as 172800');
  return Number(text);
}

function blocksIn(text: string | undefined): number | undefined {
  if (text !== undefined && !/^\d{1,4}$/.test(text))
    throw new OptionInvalid('--confirmations', text, 'blocks, such as 64');
  return text === undefined ? undefined : Number(text);
}

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new InputUnreadable(file, error.code === 'ENOENT' ? 'there is no such file' : error.message);
  });
}

async function signerFrom({ keyFile, passphraseFile, from }: Options): Promise<Signer | null> {
  if ((keyFile === undefined) === (from === undefined))
    throw new OptionsDisagree('give --key-file, or --from for an account that signs elsewhere');
  if (keyFile === undefined) return null;
  await textOf(keyFile);
  const passphrase = passphraseFile === undefined ? null : (await textOf(passphraseFile)).trim();
  return (await chain()).signerOfKeyFile(keyFile, passphrase);
}

function termsFrom(options: Options, deployer: Hex): PlatformTerms {
  const { admin, operator, compliance, guardian, stablecoin, testStablecoin, pledges } = options;
  if ((stablecoin === undefined) === (testStablecoin !== true))
    throw new OptionsDisagree('give --stablecoin, or --test-stablecoin on a development chain');
  const officer = neededAddress('--compliance', compliance);
  return {
    deployer,
    admin: neededAddress('--admin', admin),
    operator: neededAddress('--operator', operator),
    compliance: officer,
    guardian: addressIn('--guardian', guardian) ?? officer,
    timelock: secondsIn(options.timelock),
    cash: addressIn('--stablecoin', stablecoin),
    pledges: addressIn('--pledges', pledges),
  };
}

async function deploy(options: Options, file: string): Promise<void> {
  const rpc = { send: rpcOver(options.rpc) };
  const signer = await signerFrom(options);
  const terms = termsFrom(options, signer?.address ?? neededAddress('--from', options.from));
  const signed = options.signed === undefined ? [] : (await textOf(options.signed)).split(/\s+/).filter(Boolean);
  const confirmations = blocksIn(options.confirmations);
  const { deployWithManifest, SignaturesNeeded } = await chain();
  try {
    const manifest = await deployWithManifest({
      rpc,
      file,
      terms,
      signer,
      signed: signed as Hex[],
      ...(confirmations !== undefined && { confirmations }),
      ...(options.developmentTerms === true && { developmentTerms: true }),
      onMined: ({ name, block, address }) =>
        process.stderr.write(`${name}: block ${block}${address === null ? '' : `, ${address}`}\n`),
    });
    process.stdout.write(summaryOf(manifest, file));
  } catch (error) {
    if (!(error instanceof SignaturesNeeded)) throw error;
    process.stdout.write(`${JSON.stringify(error.waiting, null, 2)}\n`);
    process.stderr.write(`weir: ${error.message} (--signed FILE, one signed transaction a line)\n`);
    process.exitCode = 3;
  }
}

function summaryOf({ contracts, chainId, terms }: Manifest, file: string): string {
  const lines = Object.entries(contracts ?? {}).map(([name, { address }]) => `  ${name.padEnd(18)} ${address}\n`);
  return (
    `The platform is deployed on chain ${chainId}; ${file} is its manifest.\n${lines.join('')}` +
    `The admin ${terms.admin} and the parameters wait ${terms.timelock} s; ${terms.deployer} has no power left.\n`
  );
}

async function check(options: Options, file: string): Promise<void> {
  const { checkManifest, manifestFrom } = await chain();
  const ticks = await checkManifest({ send: rpcOver(options.rpc) }, manifestFrom(await textOf(file), file));
  process.stdout.write(ticks.map(({ ok, title, detail }) => `${ok ? '✔' : '✖'} ${title}: ${detail}\n`).join(''));
  process.exitCode = ticks.every(({ ok }) => ok) ? 0 : 1;
}

async function run(options: Options): Promise<void> {
  const { check: checked, out } = options;
  if (checked !== undefined && out === undefined) return check(options, checked);
  if (out === undefined || checked !== undefined) throw new OptionsDisagree('give either --out or --check');
  return deploy(options, out);
}

/** `weir deploy`: the contracts that all deals of a platform share, and the check of a deployment. */
export function deployCommand(program: Command): void {
  program
    .command('deploy')
    .summary('deploy a platform’s shared contracts, or check a deployment')
    .description(
      'Deploys the contracts that all deals of a platform share, divides the powers over them, and writes a manifest: ' +
        'addresses, hashes of code, constructor arguments, transactions, roles and delays.\n\n' +
        'Resumable: every transaction stands in the manifest before it is sent. Run the same command again after a ' +
        'failure or a kill; it goes on and repeats nothing. On another chain, with other terms or other bytecode it is refused, ' +
        'and so it is while another process goes on with the same manifest. Signed bytes stay in the manifest, and are sent again ' +
        'where a reorganisation drops them, until every transaction lies deep enough (--confirmations). One whose turn it is ' +
        'and that is not mined within three minutes gets higher fees under its nonce, up to ten times.\n\n' +
        'Powers: the admin and changes of tokens’ parameters wait for the timelock; the guardian cancels what was ' +
        'announced; the deploying account has no power at the end.\n\n' +
        'With --from nothing is signed here: transactions are laid out as JSON (exit status 3), and come back with ' +
        '--signed. There are four rounds.\n\n' +
        'With --check nothing is sent. The plan is made anew from the terms of the manifest, and three things are held against ' +
        'it: what the manifest says (contracts, creation code, constructor arguments, transactions, roles); what was sent ' +
        '(sender, nonce, bytes, block, effect, and the code that lies there); and what stands at the chain’s head: of every ' +
        'role its members, their delays, its admin, its guardian and the delay of new members; of every guarded contract its ' +
        'authority, whether it is closed, the delay of its admin and the role of each function. Members are looked for in the ' +
        'AccessManager’s logs from its first block on; a node that does not give the deployment’s own is not believed. Roles of ' +
        'single deals are those that DealRoles gave; who holds them by the deal’s document, the audit of the services says. A ' +
        'stablecoin and a registry of pledges that were there before are compared with the manifest’s hash of their code, and ' +
        'the operator must hold OPERATOR in that registry. Every difference is told, with what was expected and found; exit ' +
        'status 1 when there is one.',
    )
    .requiredOption('--rpc <url>', 'address of a node of the chain')
    .option('--out <file>', 'the manifest; where it is there already, the deployment goes on')
    .option('--check <file>', 'check this manifest against the chain instead')
    .option('--key-file <file>', 'key of the deploying account: a JSON keystore, or 32 bytes in hex')
    .option('--passphrase-file <file>', 'passphrase of the keystore')
    .option('--from <address>', 'the deploying account, which signs elsewhere')
    .option('--signed <file>', 'signed transactions, one a line')
    .option('--admin <address>', 'who changes roles after the timelock: a multisig, never the deploying account')
    .option('--operator <address>', 'puts deals up; changes tokens’ parameters after the timelock')
    .option('--compliance <address>', 'keeps the registry of investors')
    .option('--guardian <address>', 'cancels announced changes of parameters (default: compliance)')
    .option('--stablecoin <address>', 'what the platform settles in')
    .option('--test-stablecoin', 'deploy a stablecoin that anybody mints: development chains only')
    .option('--pledges <address>', 'a registry of pledges of another platform (default: one is deployed)')
    .option('--timelock <seconds>', 'between announcement and change', '172800')
    .option('--confirmations <blocks>', 'blocks on top before the deployment is complete (default: 64; local chains 0)')
    .option('--development-terms', 'take --timelock 0 and --test-stablecoin on a chain other than 1337 and 31337')
    .addHelpText(
      'after',
      '\nExamples:\n  weir deploy --rpc http://127.0.0.1:8545 --key-file deployer.json --passphrase-file pass.txt ' +
        '--admin 0xSAFE --operator 0xOPER --compliance 0xCOMP --stablecoin 0xUSDC --out platform.json\n' +
        '  weir deploy --rpc http://127.0.0.1:8545 --check platform.json',
    )
    .action(run);
}
