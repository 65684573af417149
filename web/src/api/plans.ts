// A client's safety plan over HTTP. A save names the version that was changed; where somebody else saved meanwhile, the
// newer one comes back instead.
import type { Person } from "./protocol";
import { exchange, refusal, request } from "./http";

export const TEXTS = [
  "greenSigns",
  "greenOwn",
  "greenOthers",
  "orangeSigns",
  "orangeOwn",
  "orangeOthers",
  "redSigns",
  "redOwn",
  "redOthers",
  "helps",
  "hinders",
  "agreements",
] as const;
export type TextName = (typeof TEXTS)[number];

export interface Contact {
  readonly name: string;
  readonly number: string;
}

export interface Plan extends Readonly<Record<TextName, string>> {
  readonly people: readonly Contact[];
}

/** Version 0 is empty: nobody made one yet. */
export interface PlanVersion extends Plan {
  readonly version: number;
  readonly changedAt?: string;
  readonly changedBy?: Person | null;
}

const address = (organisation: string, client: string) =>
  `/clients/${encodeURIComponent(client)}/plan?organisation=${encodeURIComponent(organisation)}`;

export const loadPlan = (organisation: string, client: string): Promise<PlanVersion> =>
  request("GET", address(organisation, client));

export type Save = { readonly saved: PlanVersion } | { readonly newest: PlanVersion };

export async function savePlan(organisation: string, client: string, version: number, plan: Plan): Promise<Save> {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, plan[name]]));
  const body = { version, people: plan.people, ...texts };
  const answer = await exchange("PUT", `/api/v1${address(organisation, client)}`, { body });
  if (answer.status === 200) return { saved: answer.body as PlanVersion };
  if (answer.status === 409) return { newest: (answer.body as { readonly newest: PlanVersion }).newest };
  throw refusal(answer);
}
