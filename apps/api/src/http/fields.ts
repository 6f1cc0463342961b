import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsString, IsUUID, Length, Matches, Max, Min, ValidateIf } from 'class-validator';

/** Largest payment period; monthly deals end long before. */
export const MAX_PERIOD = 1200;

/** A non-negative amount of money as a decimal string with at most two decimals, and no leading zeros. */
const AMOUNT = /^(0|[1-9]\d{0,20})(\.\d{1,2})?$/;
const POSITIVE_AMOUNT = /^(?!0+(\.0{1,2})?$)(0|[1-9]\d{0,20})(\.\d{1,2})?$/;
const HASH = /^0x[0-9a-f]{64}$/;
const ACCOUNT = /^0x[0-9a-fA-F]{40}$/;

interface FieldText {
  readonly description: string;
  readonly example: string;
}

/** An amount of money above zero. */
export function PositiveAmount({ description, example }: FieldText): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: String, description, example, pattern: POSITIVE_AMOUNT.source }),
    Matches(POSITIVE_AMOUNT, { message: '$property must be an amount above zero, as a string such as "1000.00"' }),
  );
}

/** An amount of money, zero or above. */
export function Amount({ description, example }: FieldText): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: String, description, example, pattern: AMOUNT.source }),
    Matches(AMOUNT, { message: '$property must be an amount, as a string such as "1000.00" or "0.00"' }),
  );
}

/** Text of bounded length; it may not be empty. */
export function Text({ description, example }: FieldText, maxLength: number): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: String, description, example, minLength: 1, maxLength }),
    IsString(),
    Length(1, maxLength),
  );
}

/** An identifier that Weir gave. */
export function Id(description: string, required = true): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      type: String,
      format: 'uuid',
      required,
      description,
      example: '3f0c6a52-8f0e-4b5d-9a68-0e6c4f7e2b11',
    }),
    IsUUID(undefined, { message: '$property must be a UUID' }),
  );
}

/** A Keccak-256 hash, lower case. */
export function Hash(description: string): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: String, description, example: `0x${'5a'.repeat(32)}`, pattern: HASH.source }),
    Matches(HASH, { message: '$property must be a hash: 0x and 64 lower-case hex digits' }),
  );
}

/** A chain account; null where the description says what null means. */
export function Account(
  description: string,
  choice: { nullable?: boolean; optional?: boolean } = {},
): PropertyDecorator {
  const { nullable = false, optional = false } = choice;
  const absent = (value: unknown): boolean => (nullable && value === null) || (optional && value === undefined);
  return applyDecorators(
    ApiProperty({
      type: String,
      description,
      nullable,
      required: !optional,
      example: `0x${'c0'.repeat(20)}`,
      pattern: ACCOUNT.source,
    }),
    ...(nullable || optional ? [ValidateIf((_object: unknown, value: unknown) => !absent(value))] : []),
    Matches(ACCOUNT, { message: `$property must be an account (0x and 40 hex digits)${nullable ? ' or null' : ''}` }),
  );
}

/** A payment period, counted from 1, in a path or query. */
export function Period(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: Number, description: 'Payment period, counted from 1.', example: 1, minimum: 1 }),
    Transform(({ value }) => wholeNumber(value)),
    IsInt(),
    Min(1),
    Max(MAX_PERIOD),
  );
}

/** The number that plain digits say; anything else is left as it is, for the checks to refuse. */
export function wholeNumber(value: unknown): unknown {
  return typeof value === 'string' && /^(0|[1-9]\d{0,9})$/.test(value) ? Number(value) : value;
}
