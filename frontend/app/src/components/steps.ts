/** One line of <Steps>. */
export interface Step {
  text: string;
  when: "done" | "next" | "later" | "failed";
  /** Instead of "Done"/"Next"/"Then": "Tomorrow". */
  tag?: string;
  note?: string;
}
