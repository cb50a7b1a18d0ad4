// A provider of OpenID Connect for the tests: any login with any password, as the login says.
//
// Arguments: the client's id, its secret, and the addresses that it may send people back to.
// Writes its issuer on the first line of standard output; ends with standard input.
import * as http from "node:http";

import { Provider } from "oidc-provider";

const [clientId, clientSecret, ...redirectUris] = process.argv.slice(2);
const UNVERIFIED = "unverified:";
const server = http.createServer();

server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: redirectUris }],
    claims: { openid: ["sub"], email: ["email", "email_verified"] },
    cookies: { keys: ["for the tests"] },
    features: { devInteractions: { enabled: true } },
    pkce: { required: () => true },
    findAccount: (_, login) => ({
      accountId: login,
      claims: () => ({
        sub: login,
        email: login.replace(UNVERIFIED, ""),
        email_verified: !login.startsWith(UNVERIFIED),
      }),
    }),
  });
  server.on("request", provider.callback());
  console.log(issuer);
});

process.stdin.on("end", () => process.exit()).resume();
