// What to tell the person when the server refuses or cannot be reached. The server's own text is already in their
// language; what the app finds out by itself it says in words of its own.
import type { ApiError } from "../api/http";
import { t, type Key } from "./text";

const OURS: Readonly<Record<string, Key>> = {
  unreachable: "error.unreachable",
  unexpected: "error.unexpected",
  required: "error.required",
};

export function errorText(error: Pick<ApiError, "code" | "text">): string {
  const ours = OURS[error.code];
  return ours ? t(ours) : error.text || t("error.unexpected");
}
