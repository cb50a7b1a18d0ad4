// A typed client of the API: a generated document goes in, its typed data comes out.
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { getOperationAST, print } from "graphql";

/** Where the API is, who asks, and whether it knows the documents by their hashes. */
export interface Api {
  readonly address: string;
  /** A key or token; what everybody reads needs none. */
  readonly token?: string;
  /** Name queries by their hashes in GET requests, which caches answer, too. */
  readonly persisted?: boolean;
}

/** What the API refused: a sentence for a person, and the codes to act on. */
export class Refused extends Error {
  constructor(
    message: string,
    readonly codes: readonly string[],
  ) {
    super(message);
  }
}

/** A generated document; the generator puts its hash beside it. */
type Document<Data, Variables> = TypedDocumentNode<Data, Variables> & {
  readonly __meta__?: { readonly hash: string };
};

interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { readonly code?: string };
  }[];
}

const MEDIA_TYPE = "application/graphql-response+json";

/** Send a document and return its whole data; throws `Refused` where any of it is missing. */
export async function ask<Data, Variables>(
  api: Api,
  document: Document<Data, Variables>,
  // A document without variables is sent without any. The document alone says which there are:
  // inferred from what is given, a misspelt one would do.
  ...[variables]: Variables extends Record<string, never> ? [] : [NoInfer<Variables>]
): Promise<Data> {
  const response = await send(api, document, variables);
  if (!response.headers.get("content-type")?.startsWith(MEDIA_TYPE)) {
    throw new Refused(`${api.address} answered ${response.status} and no GraphQL.`, []);
  }
  // The types come from the schema that the API keeps to, so its answer is taken at its word.
  const { data, errors = [] } = (await response.json()) as Answer<Data>;
  if (errors.length > 0 || data == null) {
    const codes = errors.flatMap(({ extensions }) => extensions?.code ?? []);
    throw new Refused(errors.map(({ message }) => message).join(" "), codes);
  }
  return data;
}

function send<Data, Variables>(
  api: Api,
  document: Document<Data, Variables>,
  variables: Variables | undefined,
): Promise<Response> {
  const headers = new Headers({ Accept: MEDIA_TYPE });
  if (api.token !== undefined) headers.set("Authorization", `Bearer ${api.token}`);
  const hash = document.__meta__?.hash;
  // Mutations are sent whole, since nothing may change by GET.
  const reads = getOperationAST(document)?.operation === "query";
  if (api.persisted && reads && hash !== undefined) {
    const address = new URL(api.address);
    address.searchParams.set("documentId", hash);
    address.searchParams.set("variables", JSON.stringify(variables ?? {}));
    return fetch(address, { headers });
  }
  headers.set("Content-Type", "application/json");
  const body = JSON.stringify({ query: print(document), variables });
  return fetch(api.address, { method: "POST", headers, body });
}
