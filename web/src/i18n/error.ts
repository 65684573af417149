// What to tell the person when the server refuses or cannot be reached. The server's own text is already in their
// language; the sign-in part of the server speaks in codes, for which the words are ours.
import type { ApiError } from "../api/http";
import { t, type Key } from "./text";

const OURS: Readonly<Record<string, Key>> = {
  unreachable: "error.unreachable",
  unexpected: "error.unexpected",
  email_password_mismatch: "error.mismatch",
  too_many_login_attempts: "error.tooMany",
  rate_limited: "error.tooMany",
  incorrect_password: "error.wrongPassword",
  invalid_password_reset: "error.resetUnusable",
  required: "error.required",
};

export function errorText(error: Pick<ApiError, "code" | "text">): string {
  const ours = OURS[error.code];
  return ours ? t(ours) : error.text || t("error.unexpected");
}
