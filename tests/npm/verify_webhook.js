// Verifies a message as a website in JavaScript does, with the package of Standard Webhooks.
//
// Argument: the secret. Reads {headers, body} in JSON; writes what was verified, or why it was not.
import { readFileSync } from "node:fs";

import { Webhook } from "standardwebhooks";

const { headers, body } = JSON.parse(readFileSync(0, "utf8"));

try {
  process.stdout.write(JSON.stringify({ verified: new Webhook(process.argv[2]).verify(body, headers) }));
} catch (error) {
  process.stdout.write(JSON.stringify({ refused: error.message }));
}
