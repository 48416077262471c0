// The agent under Node for a service: a child process of this one measures, over its pipes.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Caller } from './caller.mjs';
import { RefusedError, RemoteAgent } from './remote.mjs';

const usage = `Measures networks for a NasEngine service, until it is interrupted.

usage: nas-device --server URL [--token TOKEN] [--name NAME] [--threads N]

  --server URL        address of the service, such as http://192.168.1.20:5210
  --token TOKEN       a token with the role device; NAS_TOKEN unless given
  --token-file FILE   a file that holds the token
  --name NAME         what experiments call this device: agent:NAME; the machine's name unless given
  --threads N         threads of one network; 1 unless given
  --quiet             say only what goes wrong`;

class UsageError extends Error {}

function parse(args) {
  const known = ['server', 'token', 'token-file', 'name', 'threads'];
  const options = {};
  for (let i = 0; i < args.length; i++) {
    const [flag, attached] = args[i].split(/=(.*)/s);
    const name = flag.replace(/^--/, '');
    if (flag === '--quiet') {
      options.quiet = true;
    } else if (!flag.startsWith('--') || !known.includes(name)) {
      throw new UsageError(`There is no option '${flag}'. Known: ${known.map(option => `--${option}`).join(', ')}, --quiet, --help.`);
    } else {
      options[name] = attached ?? args[++i];
      if (options[name] === undefined) {
        throw new UsageError(`Option '${flag}' needs a value.`);
      }
    }
  }
  return options;
}

function readOptions(args) {
  const given = parse(args);
  if (given.server === undefined) {
    throw new UsageError('Option --server is missing: the address of the service, such as http://192.168.1.20:5210.');
  }
  const threads = Number(given.threads ?? 1);
  if (!Number.isInteger(threads) || threads < 1 || threads > 1024) {
    throw new UsageError(`Option --threads must be a whole number from 1 to 1024, got '${given.threads}'.`);
  }
  let token = given.token ?? process.env.NAS_TOKEN;
  if (given['token-file'] !== undefined) {
    try {
      token = readFileSync(given['token-file'], 'utf8').trim();
    } catch (problem) {
      throw new UsageError(`${given['token-file']} can't be read: ${problem.message}`);
    }
  }
  const name = given.name ?? (os.hostname().replace(/[^A-Za-z0-9._-]/g, '-').replace(/^[^A-Za-z0-9]+/, '').slice(0, 64) || 'device');
  return { server: given.server, headers: token ? { authorization: `Bearer ${token}` } : {}, name, threads, quiet: given.quiet === true };
}

/** The child process that measures; the same file without options. */
class Measurer {
  #child = null;

  connect() {
    const child = spawn(process.execPath, [fileURLToPath(new URL('node.mjs', import.meta.url))], { stdio: ['pipe', 'pipe', 'inherit'] });
    const caller = new Caller(line => child.stdin.write(`${line}\n`));
    const lines = createInterface({ input: child.stdout, crlfDelay: Infinity });
    lines.on('line', line => caller.receive(JSON.parse(line)));
    child.stdin.on('error', () => {}); // the exit that follows says more
    child.on('error', problem => caller.end(`The process that measures can't be started: ${problem.message}`));
    child.on('exit', (code, signal) => caller.end(`The process that measures ended (${signal ?? `exit code ${code}`}).`));
    this.#child = child;
    return caller;
  }

  async disconnect() {
    const child = this.#child;
    this.#child = null;
    if (child !== null && child.exitCode === null && child.signalCode === null) {
      await new Promise(resolve => {
        const timer = setTimeout(() => child.kill('SIGKILL'), 2000);
        child.on('exit', () => {
          clearTimeout(timer);
          resolve();
        });
        child.stdin.end();
      });
    }
  }
}

function describe(state) {
  const ms = ns => `${(ns / 1e6).toFixed(3)} ms`;
  switch (state.phase) {
    case 'connecting': return `attaching to ${state.server}`;
    case 'waiting': return `attached as '${state.name}', waiting for work`;
    case 'working': return state.done === 0 ? `${state.kind === 'run' ? 'running' : 'measuring'} ${state.total} network${state.total === 1 ? '' : 's'}` : null;
    case 'measured': return `${state.done} of ${state.total}: ${ms(state.medianNs)} [${ms(state.lowNs)}, ${ms(state.highNs)}]  ${state.key}`;
    case 'refused': return `gave work back (${state.kind}): ${state.message}`;
    case 'away': return `${state.reason}; next try in ${state.seconds.toFixed(1)} s`;
    case 'back': return 'the service is there again';
    case 'lost': return state.reason;
    default: return null;
  }
}

const isProblem = state => ['refused', 'away', 'lost'].includes(state.phase);

/** Works for a service until interrupted; gives the exit code: 0 interrupted, 2 refused or misused. */
export async function workForService(args) {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  try {
    const { quiet, ...options } = readOptions(args);
    const measurer = new Measurer();
    const agent = new RemoteAgent({
      ...options,
      kind: 'agent',
      // One agent of a name for each user of a machine: the newest is the one that counts.
      instance: createHash('sha256').update([os.hostname(), os.userInfo().uid, options.name].join('\n')).digest('hex').slice(0, 32),
      startedAt: Date.now(),
      connect: async () => measurer.connect(),
      disconnect: () => measurer.disconnect(),
      show: state => {
        const text = describe(state);
        if (text !== null && (!quiet || isProblem(state))) {
          process.stderr.write(`nas-device: ${text}\n`);
        }
      },
    });
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(name, () => agent.stop());
    }
    await agent.run();
    return 0;
  } catch (problem) {
    process.stderr.write(`nas-device: ${problem.message}\n`);
    if (!(problem instanceof UsageError || problem instanceof RefusedError)) {
      return 1;
    }
    return 2;
  }
}
