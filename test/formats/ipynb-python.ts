// Runs the Python of notebooks, many in one process: how each ended, and the numbers it ended with.

import { spawnSync } from 'node:child_process';

/** Whether there is a Python with NumPy; a warning where there is none. */
export function pythonWithNumpy(): boolean {
  const found = spawnSync('python3', ['-c', 'import numpy'], { encoding: 'utf8' }).status === 0;
  if (!found) console.warn('python3 with NumPy is missing: the code of notebooks is not run');
  return found;
}

export interface PythonRun {
  /** The exception it ended with, or the warnings it gave; empty where all went well. */
  readonly trouble: string;
  readonly out: string;
  /** Arrays and numbers by name, those of a dictionary by name and key: `w[2]`, `x`. */
  readonly numbers: Readonly<Record<string, readonly number[]>>;
}

const DRIVER = `
import contextlib, io, json, sys, warnings
import numpy as np

def numbers_in(space):
    flat = lambda v: np.asarray(v, dtype=float).ravel().tolist()
    found = {}
    for name, v in space.items():
        if isinstance(v, dict) and all(isinstance(e, np.ndarray) for e in v.values()):
            for key, e in v.items():
                found[f"{name}[{','.join(map(str, key)) if isinstance(key, tuple) else key}]"] = flat(e)
        elif isinstance(v, (np.ndarray, np.floating, float, int)):
            found[name] = flat(v)
    return found

def run(code):
    space, out, trouble = {"__name__": "__main__"}, io.StringIO(), ""
    with contextlib.redirect_stdout(out), warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            exec(compile(code, "cell", "exec"), space)
        except Exception as error:
            trouble = repr(error)
    trouble = trouble or "; ".join(str(w.message) for w in warned)
    return {"trouble": trouble, "out": out.getvalue(), "numbers": numbers_in(space)}

json.dump([run(code) for code in json.load(sys.stdin)], sys.stdout)
`;

/** Each code in a name space of its own. */
export function runPython(codes: readonly string[]): PythonRun[] {
  const { stdout, stderr } = spawnSync('python3', ['-c', DRIVER], {
    input: JSON.stringify(codes),
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (stderr !== '') throw new Error(stderr);
  return JSON.parse(stdout);
}
