// Every use below is wrong. The compiler takes this file only if it finds an error in each.
import { type Api, ask } from "./client.js";
import {
  OnboardingDocument,
  PartnerDocument,
  PartnerNetworkDocument,
  PublicStaysDocument,
} from "./generated/graphql.js";

const api = { address: "http://127.0.0.1:8000/graphql" };

// @ts-expect-error An address is needed.
export const nowhere: Api = { persisted: true };

// @ts-expect-error A token that is left out is not one that is undefined.
export const nobody: Api = { ...api, token: undefined };

// @ts-expect-error The variable `locale` is missing.
await ask(api, PartnerNetworkDocument, {});

// @ts-expect-error A locale is a text.
await ask(api, PartnerNetworkDocument, { locale: 1 });

// @ts-expect-error There is no such variable, although all that are needed are given.
await ask(api, PartnerNetworkDocument, { locale: "en", after: "" });

// @ts-expect-error The document takes no variables.
await ask(api, PublicStaysDocument, { first: 1 });

const { incubator } = await ask(api, PartnerDocument, { slug: "gtec", locale: "de" });

// @ts-expect-error There may be no such incubator.
export const name: string = incubator.name;

// @ts-expect-error It may have no city.
export const city: string | undefined = incubator?.city;

const { stays } = await ask(api, PublicStaysDocument);

// @ts-expect-error There may be no stay.
export const first: string = stays.nodes[0].arrival;

// @ts-expect-error The document does not ask for the id.
export const id: unknown = stays.nodes[0]?.id;

// @ts-expect-error No stay is in such a state.
export const over: boolean = stays.nodes[0]?.state === "FINISHED";

// @ts-expect-error Days are texts: a Date has a time zone.
export const arrival: Date | undefined = stays.nodes[0]?.arrival;

const checked = await ask(api, OnboardingDocument);

// @ts-expect-error Not everybody reads the onboarding of a stay.
export const ready: boolean | undefined = checked.stays.nodes[0]?.onboarding.ready;
