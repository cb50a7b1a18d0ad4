// Runs the audits of GraphQL over HTTP that its authors publish with the package graphql-http.
//
// Arguments: the address, and a header Authorization or nothing. Writes a JSON object of the
// audits that did not pass, by their names, and their number.
import { serverAudits } from "graphql-http";

const [url, authorization] = process.argv.slice(2);

const fetchFn = (address, init = {}) =>
  fetch(address, {
    ...init,
    headers: { ...init.headers, ...(authorization ? { authorization } : {}) },
  });

const audits = serverAudits({ url, fetchFn });
const failed = {};
for (const audit of audits) {
  const result = await audit.fn();
  if (result.status !== "ok") failed[audit.name] = result.reason;
}
process.stdout.write(JSON.stringify({ audits: audits.length, failed }));
process.exit(0);
