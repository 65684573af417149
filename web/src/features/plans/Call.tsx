// Somebody to call with one press; without a number just who it is.
import { Icon } from "../../ui/Icon";

export function Call({ name, number }: { name: string; number: string }) {
  if (!number) return <p class="call">{name}</p>;
  return (
    <a class="call" href={`tel:${number.replace(/[^+\d]/g, "")}`}>
      <Icon name="phone" size={22} />
      <span class="call-name">{name}</span> <span class="call-number">{number}</span>
    </a>
  );
}
