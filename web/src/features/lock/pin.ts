// What is a PIN, and which ones somebody who knows the person, or anybody, tries first.
export const DIGITS = 4;

export const isPin = (text: string): boolean => /^[0-9]{4}$/.test(text);

const DOWN_THE_KEYS = ["2580", "0852", "1470", "0741", "3690", "0963"];

export function isWeak(pin: string): boolean {
  const digits = [...pin].map(Number);
  const steps = digits.slice(1).map((digit, i) => digit - (digits[i] ?? 0));
  const inOrder = [0, 1, -1].some((step) => steps.every((one) => one === step));
  return inOrder || pin.slice(0, 2) === pin.slice(2) || /^(19|20)/.test(pin) || DOWN_THE_KEYS.includes(pin);
}
