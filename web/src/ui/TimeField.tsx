// A time of the day, in minutes from midnight.
interface Props {
  readonly label: string;
  readonly minute: number;
  readonly onChange: (minute: number) => void;
  readonly wrong: boolean;
}

export function TimeField({ label, minute, onChange, wrong }: Props) {
  const two = (number: number) => String(number).padStart(2, "0");
  return (
    <label class="time-field">
      <span>{label}</span>
      <input
        type="time"
        class="input"
        required
        value={`${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`}
        aria-invalid={wrong || undefined}
        onChange={({ currentTarget: { value } }) => {
          const [hour = 0, rest = 0] = value.split(":").map(Number);
          if (value) onChange(hour * 60 + rest);
        }}
      />
    </label>
  );
}
