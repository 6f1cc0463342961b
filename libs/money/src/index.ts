export * from './amount.js';
export * from './canonical-json.js';
export * from './errors.js';
export * from './hex.js';
export * from './rate.js';
export * from './rounding.js';
export * from './split.js';
