// A group's picture, or else its symbol, in the place of a person's initials.
import type { Symbol } from "../../api/groups";

const DRAWINGS: Readonly<Record<Symbol, string>> = {
  people: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 19c.5-3.2 3-4.5 6.500-4.500s6 1.300 6.500 4.500M16 4.300a3.500 3.500 0 0 1 0 6.400M18 14.800c2 .6 3.200 2 3.500 4.200",
  leaf: "M5 19c0-9 5-14 15-14 0 10-5 15-13 14M5 19c2-4 5-7 9-9",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M19 5l-2 2M7 17l-2 2",
  house: "M4 11l8-7 8 7M6 10v10h12V10M10 20v-6h4v6",
  book: "M4 5c3-1 6-1 8 1 2-2 5-2 8-1v14c-3-1-6-1-8 1-2-2-5-2-8-1zM12 6v14",
  heart: "M12 20c-6-4-9-7-9-11a4.500 4.500 0 0 1 9-1 4.500 4.500 0 0 1 9 1c0 4-3 7-9 11z",
  wave: "M2 10c2.500-3 5-3 7.500 0s5 3 7.500 0 3.500-2.500 5-1.500M2 16c2.500-3 5-3 7.500 0s5 3 7.500 0 3.500-2.500 5-1.500",
  star: "M12 3l2.700 5.800 6.300.8-4.600 4.300 1.200 6.300-5.600-3.100-5.600 3.100 1.200-6.300L3 9.600l6.300-.8z",
};

const isSymbol = (name: string): name is Symbol => name in DRAWINGS;

interface Props {
  readonly symbol: string | undefined;
  readonly picture?: string | undefined;
}

export function GroupSymbol({ symbol, picture }: Props) {
  if (picture) return <img class="avatar group-picture" src={picture} alt="" width={44} height={44} />;
  const known = symbol && isSymbol(symbol) ? symbol : "people";
  return (
    <span class="avatar group-symbol" aria-hidden="true">
      <svg viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">
        <path d={DRAWINGS[known]} />
      </svg>
    </span>
  );
}
