// A Kubernetes client that is not ours: `node client.mjs SERVER POD CONTAINER SCENARIO [ARGUMENT]...` does what the
// scenario says by npm's @kubernetes/client-node and prints what came of it as one line of JSON.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { PassThrough, Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { Attach, Cp, Exec, KubeConfig, PortForward } from '@kubernetes/client-node';
import WebSocket from 'isomorphic-ws';

const [server, pod, container, scenario, ...rest] = process.argv.slice(2);
const namespace = 'default';
const config = new KubeConfig();
config.loadFromClusterAndUser({ name: 'node', server, skipTLSVerify: true }, { name: 'nobody' });

/** The package's exec, which offers v5 and what came before it, or the named protocols alone. */
const execOver = (protocols) => {
  const exec = new Exec(config);
  if (protocols) exec.handler.socketFactory = (url, _, options) => new WebSocket(url, protocols, options);
  return exec;
};

/** A stream that keeps what is written to it, and tells when that contains a text. */
class Kept extends Writable {
  text = '';
  #waiting = [];

  _write(chunk, _, done) {
    this.text += chunk;
    this.#waiting.filter(({ wanted }) => this.text.includes(wanted)).forEach(({ resolve }) => resolve());
    done();
  }

  has(wanted) {
    return new Promise((resolve) => {
      this.#waiting.push({ wanted, resolve });
      if (this.text.includes(wanted)) resolve();
    });
  }
}

/** A terminal, as far as the package asks: it has a size and says when that changes. */
class Terminal extends Kept {
  columns = 80;
  rows = 24;

  resize(columns, rows) {
    Object.assign(this, { columns, rows });
    this.emit('resize');
  }
}

/** One command from its start to its status and the close of its connection. */
const exec = async (command, { stdin = null, tty = false, stdout = new Kept(), protocols, meanwhile } = {}) => {
  const stderr = tty ? null : new Kept();
  let tell;
  const told = new Promise((resolve) => { tell = resolve; });
  const socket = await execOver(protocols).exec(
    namespace, pod, container, command, stdout, stderr, stdin, tty, tell);
  const closed = once(socket, 'close');
  await meanwhile?.(stdout, socket);
  const status = await told;
  await closed;
  return { protocol: socket.protocol, stdout: stdout.text, stderr: stderr?.text, status };
};

/** What Cp does is over when its exec is, which it does not wait for, nor for what it writes to a file before it reads that. */
class AwaitedExec extends Exec {
  async exec(...call) {
    const [stdout, callback] = [call[4], call[8]];
    const written = async () => { if (stdout) await finished(stdout); };
    let settle;
    this.over = new Promise((resolve, reject) => { settle = { resolve, reject }; });
    call[8] = (status) => written().then(() => callback(status)).then(() => settle.resolve(status), settle.reject);
    return super.exec(...call);
  }
}

const copy = async (direction, ...paths) => {
  const awaited = new AwaitedExec(config);
  await new Cp(config, awaited)[direction](namespace, pod, container, ...paths);
  return (await awaited.over).status;
};

const scenarios = {
  exec: (...command) => exec(command),

  'exec-by': (protocol, ...command) => exec(command, { protocols: [protocol] }),

  'exec-input': async (bytes) => {
    const input = randomBytes(Number(bytes));
    const { protocol, stdout, status } = await exec(['sh', '-c', 'wc -c; exit 6'], { stdin: Readable.from([input]) });
    return { protocol, stdout, status };
  },

  terminal: () => {
    const stdin = new PassThrough();
    return exec(['sh'], {
      stdin, tty: true, stdout: new Terminal(),
      meanwhile: async (terminal) => {
        stdin.write('while [ "$(stty size)" != "24 80" ]; do sleep 0.02; done; echo fir\'\'st\n');
        await terminal.has('first');
        terminal.resize(132, 43);
        stdin.write('while [ "$(stty size)" != "43 132" ]; do sleep 0.02; done; echo sec\'\'ond\n');
        await terminal.has('second');
        stdin.write('exit 7\n');
      },
    });
  },

  attach: async () => {
    const [stdin, stdout, stderr] = [new PassThrough(), new Kept(), new Kept()];
    const socket = await new Attach(config).attach(namespace, pod, container, stdout, stderr, stdin, false);
    const closed = once(socket, 'close');
    stdin.write('hello\n');
    await Promise.race([Promise.all([stdout.has('hello'), stderr.has('bad')]), closed]);
    stdin.write('bye\n');
    await closed;
    return { protocol: socket.protocol, stdout: stdout.text, stderr: stderr.text };
  },

  forward: async (port, word) => {
    const [input, output, errors] = [new PassThrough(), new Kept(), new Kept()];
    const socket = await new PortForward(config).portForward(namespace, pod, [Number(port)], output, errors, input);
    const closed = once(socket, 'close');
    input.write(word);
    await Promise.race([output.has(word), closed]);
    socket.close();
    await closed;
    return { output: output.text, errors: errors.text };
  },

  copy: async (directory, bytes) => {
    mkdirSync(`${directory}/from/below`, { recursive: true });
    mkdirSync(`${directory}/to`);
    process.env.TMPDIR = directory; // Cp leaves its temporary files behind
    process.chdir(directory); // Cp takes names as they are; absolute ones would make tar complain
    const content = randomBytes(Number(bytes));
    writeFileSync('from/below/big', content);
    writeFileSync('from/small', 'small');
    const there = await copy('cpToPod', 'from', '/');
    const back = await copy('cpFromPod', 'from', `${directory}/to`);
    const same = readFileSync('to/from/below/big').equals(content) && readFileSync('to/from/small', 'utf8') === 'small';
    return { there, back, same };
  },

  /** Says by closing that its input has ended, as clients did before v5; nobody tells it then how the command ended. */
  'input-and-close': async (protocol, bytes, ...command) => {
    const socket = await execOver([protocol]).exec(
      namespace, pod, container, command, new Kept(), new Kept(), Readable.from([randomBytes(Number(bytes))]), false);
    await once(socket, 'close');
    return { protocol: socket.protocol };
  },

  /** Ends as a killed client does: without a word, when the command has said something and so much is sent. */
  vanish: async (bytes, ...command) => {
    const [stdin, stdout] = [new PassThrough(), new Kept()];
    const socket = await new Exec(config).exec(namespace, pod, container, command, stdout, new Kept(), stdin, false);
    await stdout.has('started');
    if (Number(bytes) > 0) {
      await new Promise((resolve) => stdin.write(Buffer.alloc(Number(bytes)), resolve));
      while (socket.bufferedAmount > 0) await new Promise((resolve) => setImmediate(resolve));
    }
    process.kill(process.pid, 'SIGKILL');
  },
};

console.log(JSON.stringify(await scenarios[scenario](...rest)));
process.exit(0);
