// Files by the month in which they were sent, in the order in which they are given.
import type { Listed } from "../../api/files";

export interface Month {
  readonly key: string;
  readonly at: Date;
  readonly files: readonly Listed[];
}

export function months(files: readonly Listed[]): readonly Month[] {
  const result: { key: string; at: Date; files: Listed[] }[] = [];
  for (const one of files) {
    const at = new Date(one.at);
    const key = `${at.getFullYear()}-${at.getMonth() + 1}`;
    const last = result.at(-1);
    if (last?.key === key) last.files.push(one);
    else result.push({ key, at, files: [one] });
  }
  return result;
}
