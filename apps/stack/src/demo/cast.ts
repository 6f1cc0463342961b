import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ApiClient } from './api-client.js';

/** The organisations of the sample and their people; `part` is the organisation's part in the deal. */
const CAST = {
  sponsor: {
    name: 'Weir Auto Finance LLC',
    kind: 'sponsor',
    part: 'issuer',
    people: { structurer: ['Ada Brook', ['issuer']], approver: ['Ben Shaw', ['issuer']] },
  },
  servicer: {
    name: 'Weir Auto Servicing LLC',
    kind: 'servicer',
    part: 'servicer',
    people: { servicer: ['Cleo Marsh', ['servicer']] },
  },
  trustee: {
    name: 'Weir Trust Company, N.A.',
    kind: 'trustee',
    part: 'trustee',
    people: { trustee: ['Dan Ford', ['trustee']] },
  },
  calculationAgent: {
    name: 'Weir Calculation Services LLC',
    kind: 'calculation-agent',
    part: 'calculation-agent',
    people: { calculationAgent: ['Eve Lock', ['calculation-agent']] },
  },
  compliance: {
    name: 'Weir Compliance Desk',
    kind: 'operator',
    part: null,
    people: {
      firstOfficer: ['Finn Gate', ['compliance-officer']],
      secondOfficer: ['Gwen Poole', ['compliance-officer']],
      auditor: ['Hugh Weld', ['auditor']],
    },
  },
  northlake: {
    name: 'Northlake Pension Fund',
    kind: 'investor',
    part: 'investor',
    people: { northlake: ['Iris Bank', ['investor']] },
  },
  harbour: {
    name: 'Harbour Mutual Insurance',
    kind: 'investor',
    part: 'investor',
    people: { harbour: ['Jon Quay', ['investor']] },
  },
  cedar: {
    name: 'Cedar Street Credit Fund',
    kind: 'investor',
    part: 'investor',
    people: { cedar: ['Kim Reed', ['investor']] },
  },
  orlov: {
    name: 'Orlov Meridian Capital',
    kind: 'investor',
    part: 'investor',
    people: { orlov: ['Leo Rill', ['investor']] },
  },
} as const;

/** An organisation of the sample by its short name. */
export type OrganisationName = keyof typeof CAST;

type PeopleOf<T> = T extends { people: infer P } ? keyof P : never;

/** A person of the sample by its short name. */
export type PersonName = PeopleOf<(typeof CAST)[OrganisationName]>;

/** An organisation as the platform knows it. */
export interface CastMember {
  readonly organisationId: string;
  readonly account: string;
  readonly name: string;
  readonly part: string | null;
}

/** The sample's organisations and its signed-in people. */
export interface Cast {
  readonly organisations: Readonly<Record<OrganisationName, CastMember>>;
  readonly people: Readonly<Record<PersonName, ApiClient>>;
}

/** Enters everybody, signs them in, and keeps their passwords beside the state (mode 0600). */
export async function assemble(apiUrl: string, operator: ApiClient, stateDir: string): Promise<Cast> {
  const credentials: { person: string; email: string; password: string }[] = [];
  const organisations: Partial<Record<OrganisationName, CastMember>> = {};
  for (const [key, { name, kind, part, people }] of Object.entries(CAST)) {
    const users = Object.entries(people).map(([person, [fullName, roles]]) => {
      const login = {
        person,
        email: `${person.toLowerCase()}@sample.example`,
        password: randomBytes(12).toString('hex'),
      };
      credentials.push(login);
      return { name: fullName, email: login.email, password: login.password, roles: [...roles] };
    });
    const entered = await operator.post<{ organisationId: string; account: string }>('/organisations', {
      name,
      kind,
      users,
    });
    organisations[key as OrganisationName] = { ...entered, name, part };
  }
  writeFileSync(path.join(stateDir, 'sample-logins.json'), JSON.stringify(credentials, null, 2), { mode: 0o600 });
  const clients = await Promise.all(
    credentials.map(async ({ person, email, password }) => [person, await ApiClient.signIn(apiUrl, email, password)]),
  );
  return {
    organisations: organisations as Record<OrganisationName, CastMember>,
    people: Object.fromEntries(clients) as Record<PersonName, ApiClient>,
  };
}
