import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { Cursor, parseDeal } from './index.js';
import { examplesOf, layOver } from './reference.fixture.js';
import { SMALL_DEAL } from './small-deal.fixture.js';

type Schema = Record<string, unknown> & {
  $ref?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  description?: string;
  enum?: unknown[];
};

const fileOf = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const SCHEMA = JSON.parse(fileOf('../schema/deal.schema.json')) as Schema;
const WHOLE = fileOf('../test/whole-language.yaml');
const TEMPLATES = readdirSync(new URL('../templates', import.meta.url)).filter((name) => name.endsWith('.yaml'));

const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(SCHEMA);

/** Faults of a document as an editor reads it, and as one in which every value is a text. */
function faults(text: string): string[] {
  return ['core', 'failsafe'].flatMap((schema) => {
    validate(parse(text, { schema }));
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  });
}

describe('a document that is read is valid', () => {
  it.each(TEMPLATES)('%s', (name) => {
    expect(faults(fileOf(`../templates/${name}`))).toEqual([]);
  });

  it('every field and step of the language', () => {
    expect(faults(WHOLE)).toEqual([]);
  });

  it('every example of the reference', () => {
    const page = fileOf('../../../docs/deal-document.md');
    const base = examplesOf(page, 'deal-base')[0]?.text ?? '';
    const examples = examplesOf(page, 'deal-fragment').map(({ text }) => layOver(base, text));
    expect(examples.length).toBeGreaterThan(20);
    expect([base, ...examples].flatMap(faults)).toEqual([]);
  });

  it('the small deal of the tests', () => {
    expect(faults(SMALL_DEAL)).toEqual([]);
  });
});

describe('a document that cannot be read is not', () => {
  it.each([
    ['currency: EUR', 'currency: XXX', 'allowed values'],
    ['  frequency: quarterly', '  frequncy: quarterly', 'additional properties'],
    ['paymentDay: last', 'paymentDay: 32', '/dates/paymentDay'],
    ['label: Class A notes', 'lable: Class A notes', '/tranches/0'],
    ['{ step: addZ, capitalise: Z }', '{ step: addZ }', '/priorityOfPayments'],
    ['{ step: addZ, capitalise: Z }', '{ step: addZ, capitalise: Z, enter: amortising }', '/priorityOfPayments'],
    ['  trustee: Trustee Ltd\n', '', '/parties'],
    ['    amount: 1000.00 EUR\n', '', '/tranches/5'],
    ['payee: trustee, amount', 'payee: trustee, rate', '/fees/trustee'],
    ['{ unit: money, values: [1000000.00', '{ unit: signed money, values: [1000000.00', '/schedules/pac/unit'],
  ])('%s as "%s"', (from, to, fault) => {
    expect(WHOLE).toContain(from);
    const text = WHOLE.replace(from, to);
    expect(faults(text).join('\n')).toContain(fault);
    expect(parseDeal(text).deal).toBeNull();
  });
});

/** A schema with what it refers to and offers. */
function alternatives(schema: Schema): Schema[] {
  const target = schema.$ref?.split('/').at(-1);
  const definition = target === undefined ? [] : [(SCHEMA.definitions as Record<string, Schema>)[target] as Schema];
  const inner = ['allOf', 'anyOf'].flatMap((key) => (schema[key] as Schema[] | undefined) ?? []);
  return [schema, ...[...definition, ...inner].flatMap(alternatives)];
}

function child(schema: Schema, segment: string): Schema[] {
  const inner = /^\d+$/.test(segment) ? [schema.items] : [];
  return [...inner, schema.properties?.[segment] ?? schema.additionalProperties].flatMap((found) =>
    typeof found === 'object' ? alternatives(found as Schema) : [],
  );
}

/** What the schema says of a path like `tranches[0].coupon`. */
function schemasAt(path: string): Schema[] {
  const segments = path.split(/[.[\]]+/).filter((segment) => segment !== '');
  const step = (found: Schema[], segment: string): Schema[] => found.flatMap((schema) => child(schema, segment));
  return segments.reduce(step, alternatives(SCHEMA));
}

function objectsIn(value: unknown): Schema[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([, part]) => objectsIn(part));
  const isObject = 'properties' in value && (value as Schema).type === 'object';
  return isObject ? [value as Schema, ...inner] : inner;
}

interface Call {
  path: string;
  required: string[];
  known: string[];
}

describe('the schema knows what the reader knows', () => {
  const blocks: Call[] = [];
  const choices: Call[] = [];
  const { fields, choice } = Cursor.prototype;

  beforeAll(() => {
    const spied = jest.spyOn(Cursor.prototype, 'fields') as unknown as jest.Mock<typeof fields>;
    spied.mockImplementation(function (this: Cursor, required, optional = []) {
      blocks.push({ path: this.path, required: [...required], known: [...required, ...optional] });
      return fields.call(this, required, optional) as ReturnType<typeof fields>;
    });
    const words = jest.spyOn(Cursor.prototype, 'choice') as unknown as jest.Mock<typeof choice>;
    words.mockImplementation(function (this: Cursor, offered) {
      choices.push({ path: this.path, required: [], known: [...offered] });
      return choice.call(this, offered) as never;
    });
    expect(parseDeal(WHOLE).deal).not.toBeNull();
    expect(parseDeal(SMALL_DEAL).deal).not.toBeNull();
    const listed = 'paymentDates: [2025-07-15, { date: 2025-08-26, collectedTo: 2025-07-31 }]';
    const ruled = /  firstCollectionPeriod: .*\n  paymentDay: .*\n/;
    expect(parseDeal(SMALL_DEAL.replace(ruled, '').replace('paymentDates: 24', listed)).deal).not.toBeNull();
  });
  afterAll(() => {
    jest.restoreAllMocks();
  });

  const matches = (schema: Schema, { known, required }: Call): boolean =>
    schema.additionalProperties === false &&
    [...known].sort().join() ===
      Object.keys(schema.properties ?? {})
        .sort()
        .join() &&
    [...required].sort().join() === [...(schema.required ?? [])].sort().join();

  it('the same fields of every block, required and optional', () => {
    const strangers = blocks.filter((call) => !schemasAt(call.path).some((schema) => matches(schema, call)));
    expect(strangers).toEqual([]);
    expect(blocks.length).toBeGreaterThan(80);
  });

  it('the same words of every choice', () => {
    const wordsOf = (schema: Schema): string => [...new Set(schema.enum?.map(String))].sort().join();
    const patterned = (schema: Schema): boolean => schema.pattern !== undefined;
    const strangers = choices.filter(({ path, known }) => {
      const found = schemasAt(path);
      return !found.some((schema) => wordsOf(schema) === [...known].sort().join() || patterned(schema));
    });
    expect(strangers).toEqual([]);
    expect(choices.length).toBeGreaterThan(50);
  });

  it('no block that the reader does not read', () => {
    const read = new Set(blocks.flatMap((call) => schemasAt(call.path).filter((schema) => matches(schema, call))));
    const unread = objectsIn(SCHEMA).filter((schema) => !read.has(schema));
    // Parties may have names of their own, so their block is read by its entries.
    expect(unread).toEqual([SCHEMA.properties?.parties]);
  });

  it('every field is described, for editors', () => {
    const fieldsOf = objectsIn(SCHEMA).flatMap((schema) => Object.entries(schema.properties ?? {}));
    expect(fieldsOf.filter(([, field]) => alternatives(field).every(({ description }) => !description))).toEqual([]);
  });
});
