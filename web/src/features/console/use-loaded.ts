// What a page shows comes from the server when the page opens, and again after each change.
import { useEffect, useState } from "preact/hooks";
import type { ApiError } from "../../api/http";
import { useWaiting } from "../../ui/in-order";
import { useLatest } from "../../ui/submit";

interface Loaded<T> {
  readonly data: T | null;
  readonly error: ApiError | null;
  readonly reload: () => void;
}

export function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const [data, setData] = useState<T | null>(null);
  const { error, submit } = useLatest(async () => setData(await load()));
  useEffect(() => submit(), []);
  useWaiting(!data && !error);
  return { data, error, reload: () => submit() };
}
