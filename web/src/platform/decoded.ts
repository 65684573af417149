// Percent-encoding from the address bar, undone where it is whole; what is broken (a lone `%`) stays as it stands, so that
// a damaged link leads to a page that says so and not to none.
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
