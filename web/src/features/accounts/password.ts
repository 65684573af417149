// The password rule of the client's guide: at least eight characters, with a lower-case letter, an upper-case letter, a
// digit and a special character. The server decides; this only shows, while typing, what is still missing.

export const RULES = {
  length: (password) => [...password].length >= 8,
  lower: (password) => /\p{Ll}/u.test(password),
  upper: (password) => /\p{Lu}/u.test(password),
  digit: (password) => /\p{Nd}/u.test(password),
  special: (password) => /[^\p{L}\p{N}\s]/u.test(password),
} satisfies Record<string, (password: string) => boolean>;

export type Rule = keyof typeof RULES;

export const RULE_NAMES = Object.keys(RULES) as readonly Rule[];

export const missing = (password: string): readonly Rule[] => RULE_NAMES.filter((rule) => !RULES[rule](password));
