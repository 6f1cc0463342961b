import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { HelpWanted, UsageError } from './errors.js';
import { readOptions } from './options.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'weir-options '));
  writeFileSync(path.join(folder, 'my tape.csv'), 'x');
});
afterAll(() => rmSync(folder, { recursive: true }));

const problemOf = (args: string[]): string => {
  try {
    readOptions(args, folder);
  } catch (error) {
    if (error instanceof UsageError && error.exitCode === 2) return error.problem;
  }
  return 'none';
};

describe('the command line of npm start', () => {
  it('stays up when nothing is said', () => {
    expect(readOptions([], folder)).toEqual({ once: false, deal: null, tape: null, out: null });
  });

  it('takes files from where the command was typed', () => {
    expect(readOptions(['--once', '--tape', 'my tape.csv', '--out=new/place'], folder)).toEqual({
      once: true,
      deal: null,
      tape: path.join(folder, 'my tape.csv'),
      out: path.join(folder, 'new/place'),
    });
  });

  it('shows help instead of starting', () => {
    expect(() => readOptions(['--once', '--help'], folder)).toThrow(HelpWanted);
    expect(() => readOptions(['-h'], folder)).toThrow('--tape FILE');
  });

  it('says what is wrong before anything starts', () => {
    expect(problemOf(['--onse'])).toBe("Unknown option '--onse'");
    expect(problemOf(['extra'])).toContain("'extra'");
    expect(problemOf(['--tape', 'my tape.csv'])).toBe('--tape goes with --once');
    expect(problemOf(['--once', '--tape', 'gone.csv'])).toBe(
      `--tape: there is no file ${path.join(folder, 'gone.csv')}`,
    );
    expect(problemOf(['--once', '--deal', '.'])).toContain('there is no file');
    expect(problemOf(['--once', '--out', 'my tape.csv'])).toContain('is not a folder');
    expect(problemOf(['--once', '--deal'])).toContain('--deal');
  });
});
