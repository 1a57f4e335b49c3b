// A gRPC client that is not ours: `node client.mjs SOCKET SCENARIO [ARGUMENT]` makes the scenario's call and prints
// what came of it as one line of JSON.
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';

const [socket, scenario, argument] = process.argv.slice(2);
const definition = protoLoader.loadSync(new URL('api.proto', import.meta.url).pathname, { keepCase: true, longs: Number, defaults: true });
const { RuntimeService } = grpc.loadPackageDefinition(definition).runtime.v1;

const { ServerReflection } = grpc.loadPackageDefinition(protoLoader.loadSync(
  new URL('reflection.proto', import.meta.url).pathname, { keepCase: true })).grpc.reflection.v1;

const connect = (options = {}) =>
  new RuntimeService(`unix:${socket}`, grpc.credentials.createInsecure(), options);

const fields = (metadata) =>
  Object.fromEntries(Object.entries(metadata.getMap()).map(([name, value]) =>
    [name, Buffer.isBuffer(value) ? [...value] : value]));

/** One unary call, with everything it returns. */
const call = (client, method, request, { metadata = new grpc.Metadata(), deadline, cancelAfter } = {}) =>
  new Promise((resolve) => {
    const result = { headers: {}, trailers: {} };
    const options = deadline ? { deadline: Date.now() + deadline } : {};
    const running = client[method](request, metadata, options, (error, response) => {
      Object.assign(result, { code: error?.code ?? 0, details: error?.details, response });
    });
    running.on('metadata', (headers) => { result.headers = fields(headers); });
    running.on('status', (status) => {
      result.trailers = fields(status.metadata);
      setImmediate(() => resolve(result));
    });
    if (cancelAfter) setTimeout(() => running.cancel(), cancelAfter);
  });

const scenarios = {
  version: () => call(connect(argument ? { 'grpc.default_authority': argument } : {}), 'Version', { version: 'v1' }),

  parallel: async () => {
    const client = connect({ 'grpc.default_authority': argument });
    const calls = Array.from({ length: 300 }, (_, i) => call(client, 'Version', { version: `${i}` }));
    const results = await Promise.all(calls);
    return { right: results.filter((result, i) => result.response?.version === `${i}`).length };
  },

  exec: () => call(connect(), 'ExecSync', { container_id: argument }),

  metadata: () => {
    const metadata = new grpc.Metadata();
    metadata.set('trace', 'abc');
    metadata.set('raw-bin', Buffer.from([0, 128, 255]));
    return call(connect(), 'ExecSync', {}, { metadata });
  },

  deadline: () => call(connect(), 'ExecSync', {}, { deadline: Number(argument) }),

  cancel: () => call(connect(), 'ExecSync', {}, { cancelAfter: Number(argument) }),

  gzip: async () => {
    const gzip = 2;
    const text = 'x'.repeat(Number(argument));
    const client = connect({ 'grpc.default_compression_algorithm': gzip });
    const { code, details, response } = await call(client, 'Version', { version: text });
    return { code, details, same: response?.version === text };
  },

  big: async () => {
    const text = 'x'.repeat(Number(argument));
    const client = connect({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });
    const { code, details, response } = await call(client, 'Version', { version: text });
    return { code, details, same: response?.version === text };
  },

  // Asks the next question only when the last was answered, so that both directions have to be open at once.
  converse: () => new Promise((resolve) => {
    const [count, ending] = argument.split(',');
    const heard = [];
    const stream = new ServerReflection(`unix:${socket}`, grpc.credentials.createInsecure()).ServerReflectionInfo();
    const ask = () => stream.write({ host: heard.length < Number(count) ? `${heard.length}` : ending });
    stream.on('data', ({ valid_host }) => {
      heard.push(valid_host);
      if (heard.length < Number(count) || ending === 'fail') ask();
      else stream.end();
    });
    stream.on('error', () => {});
    stream.on('status', ({ code, details }) => setImmediate(() => resolve({ code, details, heard: heard.join(' ') })));
    ask();
  }),

  stream: () => new Promise((resolve) => {
    const numbers = [];
    const stream = connect().GetContainerEvents({});
    stream.on('data', (event) => {
      numbers.push(event.created_at);
      if (numbers.length === Number(argument)) stream.cancel();
    });
    stream.on('error', () => {});
    stream.on('status', ({ code, details }) => setImmediate(() =>
      resolve({ code, details, count: numbers.length, inOrder: numbers.every((number, i) => number === i) })));
  }),
};

console.log(JSON.stringify(await scenarios[scenario]()));
process.exit(0);
