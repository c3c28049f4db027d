// Comfort only: every page works without it. Groups the digits while typing, fills in a test card, stops a double click.
const number = document.querySelector("#number");
const expiry = document.querySelector("#expiry");

function keepCaret(input, format) {
  input?.addEventListener("input", () => {
    const typingAtEnd = input.selectionStart === input.value.length;
    const before = input.value.slice(0, input.selectionStart ?? 0).replace(/\D/g, "").length;
    const text = format(input.value.replace(/\D/g, ""));
    if (text === input.value) return;
    input.value = text;
    if (typingAtEnd) return;
    let at = 0;
    for (let seen = 0; at < text.length && seen < before; at++) if (/\d/.test(text[at])) seen++;
    input.setSelectionRange(at, at);
  });
}

keepCaret(number, (digits) => digits.slice(0, 19).replace(/(\d{4})(?=\d)/g, "$1 "));
keepCaret(expiry, (digits) => {
  const four = (/^[2-9]/.test(digits) ? `0${digits}` : digits).slice(0, 4);
  return four.length > 2 ? `${four.slice(0, 2)} / ${four.slice(2)}` : four;
});

for (const button of document.querySelectorAll("button[data-card]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    number.value = button.dataset.card.replace(/(\d{4})(?=\d)/g, "$1 ");
    expiry.value = button.dataset.expiry;
    document.querySelector("#cvc").value = "123";
    const name = document.querySelector("#name");
    if (!name.value) name.value = "Camille Martin";
    document.querySelector(".go").focus();
  });
}

const fill = document.querySelector("button[data-fill]");
if (fill) {
  fill.hidden = false;
  fill.addEventListener("click", () => {
    for (const [name, value] of Object.entries(JSON.parse(fill.dataset.fill))) {
      const input = document.querySelector(`#${name}`);
      if (input.type === "checkbox") input.checked = true;
      else if (!input.value) input.value = value;
    }
    document.querySelector(".go").focus();
  });
}

document.querySelector("form")?.addEventListener("submit", (event) => {
  const form = event.currentTarget;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
// Back from the success page: the form may be sent again.
addEventListener("pageshow", () => document.querySelector("form")?.removeAttribute("data-sent"));
