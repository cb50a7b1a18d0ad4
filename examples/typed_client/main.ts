// Prints the incubators of the network and the public stays:
// `node build/main.js [address of the API] [--persisted]`.
import { type Api, Refused, ask } from "./client.js";
import {
  type MemberFragment,
  PartnerNetworkDocument,
  type PartnerNetworkQuery,
  PublicStaysDocument,
} from "./generated/graphql.js";

async function incubators(api: Api): Promise<MemberFragment[]> {
  const members: MemberFragment[] = [];
  let after: string | null = null;
  do {
    const { incubators: page }: PartnerNetworkQuery = await ask(api, PartnerNetworkDocument, {
      locale: "en",
      incubatorsAfter: after,
    });
    members.push(...page.nodes);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return members;
}

async function report(api: Api): Promise<string[]> {
  const members = await incubators(api);
  const { stays } = await ask(api, PublicStaysDocument);
  return [
    "Incubators",
    ...members.map(({ name, city, country, startups }) => {
      const place = city === null ? country : `${city}, ${country}`;
      return `- ${name} (${place}): ${startups.totalCount} start-ups`;
    }),
    "Stays",
    ...stays.nodes.map(({ startup, home, host, arrival, departure, days, state }) => {
      const period = `${arrival} to ${departure}, ${days} days`;
      return `- ${startup.name} of ${home.name} at ${host.name}: ${period}, ${state}`;
    }),
  ];
}

const [address = "http://127.0.0.1:8000/graphql", flag] = process.argv.slice(2);
try {
  const lines = await report({ address, persisted: flag === "--persisted" });
  console.log(lines.join("\n"));
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  console.error([...error.codes, error.message].join(": "));
  process.exitCode = 1;
}
