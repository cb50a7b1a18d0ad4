// Follows operations as a website in JavaScript does, with the official client of either protocol.
//
// Arguments: "sse" or "ws", the address, a token or "". Reads operations in JSON, a line each; writes
// {id, next | error | complete} in JSON, a line each. The client connects again by itself.
import { createInterface } from "node:readline";

import { createClient as createSSEClient } from "graphql-sse";
import { createClient as createWebSocketClient } from "graphql-ws";
import WebSocket from "ws";

const [protocol, address, token] = process.argv.slice(2);
const authorization = token ? { authorization: `Bearer ${token}` } : {};
const again = { retryAttempts: 300, retryWait: () => new Promise((resolve) => setTimeout(resolve, 100)) };
const client =
  protocol === "sse"
    ? createSSEClient({ url: address, headers: authorization, ...again })
    : createWebSocketClient({
        url: address.replace(/^http/, "ws"),
        connectionParams: authorization,
        webSocketImpl: WebSocket,
        shouldRetry: () => true,
        ...again,
      });

const tell = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

for await (const line of createInterface({ input: process.stdin })) {
  const { id, ...operation } = JSON.parse(line);
  client.subscribe(operation, {
    next: (next) => tell({ id, next }),
    error: (error) => tell({ id, error: Array.isArray(error) ? error : String(error) }),
    complete: () => tell({ id, complete: true }),
  });
}
process.exit();
