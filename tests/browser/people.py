"""The people of the story, each with a browser of their own and words for what they do."""

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser import families, photographs
from tests.browser.eye import Eye
from tests.browser.filling import Facts, Form, heading
from tests.browser.house import USUAL, House, soon
from tests.browser.photographs import look_over
from tests.documents_samples import jpeg
from tests.sandbox_box import PEOPLE

PHONE = {"width": 360, "height": 740}
CODE = re.compile(r"\b[A-Z]\d{2}(?:\.\d+)+-\d{6}-\d{4,}\b")
PAPERS = {
    "giay_chung_sinh": lambda: [
        photographs.jpeg("GIẤY CHỨNG SINH", 1),
        photographs.jpeg("GIẤY CHỨNG SINH", 2),
    ],
    "ct01": lambda: [photographs.heic("TỜ KHAI CT01")],
    "cho_o_hop_phap": lambda: [photographs.pdf("GIẤY TỜ CHỖ Ở")],
}

_MOST_PAGES = 30


def reloaded_until(page: Page, wanted: str, words: str = "", *, within: float = 20) -> None:
    """Reload the page, as anybody does, until it shows this and says these words."""

    def look() -> bool:
        if page.locator(wanted).filter(has_text=words).count():
            return True
        page.reload()
        return False

    # A page a tenth of a second would take the processor from the work that is waited for.
    soon(look, within=within, what=f"{page.url} showing {wanted} {words!r}", every=0.4)


class Citizen:
    """Somebody with a cheap telephone."""

    def __init__(
        self,
        browser: Browser,
        house: House,
        key: str = "mother",
        *,
        journey: str = "",
        scripts: bool = True,
        state: Any = None,
        url: str = "",
    ) -> None:
        """Come; `url` where another line than the house's own leads there."""
        self.house, self.journey = house, journey
        self.who: dict[str, Any] = {**PEOPLE, **families.OTHERS}[key]
        self.context: BrowserContext = browser.new_context(
            viewport=PHONE,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            java_script_enabled=scripts,
            base_url=url or house.url,
            storage_state=state,
        )
        self.context.set_default_timeout(USUAL)
        self.page: Page = self.context.new_page()
        self.eye = Eye(self.page, journey or "other", pictures=bool(journey))
        self.code = ""
        self.phone: str = self.who["phone"]

    def close(self) -> None:
        self.context.close()

    # ── finding and signing in ──────────────────────────────────────────────────────────────────

    def goes_to(self, path: str, name: str = "") -> None:
        self.page.goto(path)
        if name:
            self.look(name)

    def look(self, name: str) -> None:
        self.eye.look(name)

    def presses(self, words: str) -> None:
        """Press a button or follow a link with these words."""
        named = self.page.get_by_role("button", name=words).or_(
            self.page.get_by_role("link", name=words)
        )
        named.first.click()
        self.page.wait_for_load_state()

    def searches(self, words: str) -> None:
        self.page.get_by_role("searchbox").first.fill(words)
        self.page.get_by_role("button", name="Tìm").first.click()
        self.page.wait_for_load_state()

    def signs_in_by_vneid(self) -> None:
        """On the page that offers the ways of signing in: go to VNeID and come back."""
        page, seen = self.page, len(self.house.messages(self.phone, "sms"))
        self.presses("Đăng nhập bằng VNeID")
        page.locator("[name=so_dinh_danh]").fill(self.who["personal_number"])
        page.locator("[name=mat_khau]").fill(self.who["password"])
        page.locator("[name=mat_khau]").press("Enter")
        page.locator("[name=otp]").fill(self.house.code_after(self.phone, seen))
        page.locator("[name=otp]").press("Enter")
        if page.locator("[name=passcode]").count():
            page.locator("[name=passcode]").fill(self.who["passcode"])
            page.locator("[name=passcode]").press("Enter")
        page.locator("[name=decision][value=agree]").click()
        page.wait_for_url(f"{self.house.url}/**")
        if "/da-nhan/" in page.url:
            self.look("vneid-shared")
            self.presses("Tiếp tục")

    def signs_up_by_phone(self) -> None:
        """Register a portal account, in the order of the broadcast, and come back."""
        self.presses("Chưa có tài khoản? Đăng ký")
        self.look("register")
        self.presses("Công dân")
        self.look("register-citizen")
        self.presses("Thuê bao di động")
        self.page.get_by_label("Số điện thoại di động").fill(self.phone)
        self.look("register-number")
        self.presses("Tiếp tục")
        seen = len(self.house.messages(self.phone, "sms"))
        Form(self.page).answer(self.who["details"])
        self.look("register-details")
        self.presses("Tiếp tục")
        self.page.locator("[name=code]").fill(self.house.code_after(self.phone, seen))
        self.look("register-code")
        self.presses("Xác nhận")

    # ── declaring ───────────────────────────────────────────────────────────────────────────────

    def begins(self, slug: str, facts: Facts) -> None:
        """Open a service and answer what is asked before the form."""
        self.page.goto(f"/nop/{slug}/")
        if "/dang-nhap/" in self.page.url:
            self.signs_in_by_vneid()
        self.answers(facts, "start")
        expect(self.page).to_have_url(re.compile("/khai/"))
        self.look("overview")

    def answers(self, facts: Facts, name: str = "") -> None:
        """Answer the questions of the page and go on."""
        form = Form(self.page)
        form.answer(facts)
        if name:
            self.look(name)
        if name == "form-chau":
            self.eye.shows("form")
        form.go_on()

    def declares(self, facts: Facts) -> None:
        """Go through every section of the form, as far as the papers or the ways of receiving."""
        self.presses("Khai tiếp")
        if not self.eye.keeps_pictures:
            self._declares_at_once(facts)
        while found := re.search(r"/trang/([\w-]+)/", self.page.url):
            here = self.page.url
            self.answers(facts, f"form-{found[1]}")
            wrong = self.page.locator(".error-summary, .field-error").all_inner_texts()
            assert self.page.url != here, (found[1], wrong)

    def _declares_at_once(self, facts: Facts) -> None:
        """Go the same way where it is not the story: an answer may call the same page up again."""
        for _ in range(_MOST_PAGES):
            if "/trang/" not in self.page.url:
                return
            form = Form(self.page)
            form.answer_at_once(facts)
            form.go_on()

    def brings_papers(self, papers: Mapping[str, Callable[[], list[Any]]] = PAPERS) -> None:
        """Photograph every paper that this case calls for."""
        if "/giay-to/" not in self.page.url:
            return
        self.look("papers")
        wanted = [
            link
            for link in self.page.eval_on_selector_all(".tasks a", "all => all.map(a => a.href)")
            if link.rstrip("/").split("/")[-1] in papers
        ]
        for link in wanted:
            key = link.rstrip("/").split("/")[-1]
            self.page.goto(link)
            self.chooses_files(key, papers[key]())
            self.look(f"paper-{key}")
            self.presses("Xong")
        self.look("papers-done")
        self.presses("Tiếp tục")

    def chooses_files(self, paper: str, files: list[Any]) -> None:
        """Choose files on the page of a paper, one after the other."""
        for file in files:
            before = self.page.locator(".pages .page").count()
            self.sends(paper, file)
            expect(self.page.locator(".pages .page")).not_to_have_count(before)

    def sends(self, paper: str, file: Any) -> None:
        """Choose one file; with scripts it goes by itself, and the page stays."""
        box = self.page.locator(f'[id="{paper}__library"]')
        if Form(self.page).scripts:
            box.set_input_files(file)
            look_over(self.page, file)
        else:
            box.set_input_files(file)
            with self.page.expect_navigation():
                self.page.get_by_role("button", name="Gửi tệp đã chọn").click()

    def chooses_ways(self, facts: Facts | None = None) -> None:
        """Say how each result is to come; unless told otherwise, as the page proposes."""
        self.answers(facts or {}, "ways")
        expect(self.page).to_have_url(re.compile("/kiem-tra/"))

    def changes(self, title: str, facts: Facts) -> None:
        """Change one part from the check page, and be back there."""
        self.page.get_by_role("link", name=f"Sửa {title}").click()
        self.page.wait_for_load_state()
        self.answers(facts)
        expect(self.page).to_have_url(re.compile("/kiem-tra/"))

    def scans_the_qr(self) -> str:
        """Read the QR code on the screen, as another telephone's camera would."""
        shown = Image.open(BytesIO(self.page.locator(".qr").first.screenshot(scale="device")))
        (found,) = zxingcpp.read_barcodes(shown)
        return str(found.text)

    def pledges(self) -> None:
        """Confirm what looks unusual, pledge, and ask for the code."""
        for box in self.page.locator("main form input[type=checkbox]").all():
            Form(self.page)._press(box)
        self._codes = len(self.house.messages(self.phone, "sms"))
        Form(self.page).go_on()
        expect(self.page).to_have_url(re.compile("/xac-nhan/"))

    def reads_the_text_message(self) -> str:
        """Return the code that came after the pledge."""
        return self.house.code_after(self.phone, self._codes)

    def types(self, code: str) -> None:
        """Type a code and send it."""
        self.page.locator("[name=code]").fill(code)
        with self.page.expect_navigation():
            self.page.locator("main form button.button-primary").first.click()

    def asks_for_another_code(self) -> None:
        """Press the button that sends a new code."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Gửi lại mã").click()

    def types_the_code(self) -> None:
        """Type the code from the telephone; the receipt follows."""
        self.types(self.reads_the_text_message())
        self.reads_the_code_of_the_dossier()

    def reads_the_code_of_the_dossier(self) -> str:
        found = CODE.search(self.page.locator("main").inner_text())
        assert found, heading(self.page)
        self.code = found[0]
        return self.code

    def files(
        self,
        slug: str,
        before: Facts,
        facts: Facts,
        ways: Facts | None = None,
        **changes: Facts,
    ) -> str:
        """Do the whole filing, `changes` (title of a page → facts) at the end; return the code."""
        self.begins(slug, before)
        self.declares(facts)
        self.brings_papers()
        self.chooses_ways(ways)
        self.look("check")
        for title, changed in changes.items():
            self.changes(title, changed)
        self.pledges()
        self.look("confirm")
        self.types_the_code()
        self.look("receipt")
        return self.code

    def has_filed(
        self, slug: str, before: Facts, facts: Facts, ways: Mapping[str, str] | None = None
    ) -> str:
        """Have filed already, where the story begins after that; return the code."""
        self.code = self._has("filed", slug, before, facts, ways)
        return self.code

    def has_declared(self, slug: str, before: Facts, facts: Facts) -> None:
        """Have declared everything already, and come to the page where it is looked over."""
        self.page.goto(f"/khai/{self._has('declared', slug, before, facts)}/kiem-tra/")

    def _has(
        self,
        done: str,
        slug: str,
        before: Facts,
        facts: Facts,
        ways: Mapping[str, str] | None = None,
    ) -> str:
        return self.house.clerk.has(
            done, service=slug, number=self.who["personal_number"], before=before, facts=facts,
            ways=ways or {},
        )  # fmt: skip

    # ── following ───────────────────────────────────────────────────────────────────────────────

    def sees(self, words: str, *, within: float = 20) -> None:
        """Look at the page again until it says this."""

        reloaded_until(self.page, "main", words, within=within)

    def follows(self, code: str = "") -> None:
        """Open the page of the dossier."""
        self.page.goto(f"/theo-doi/{code or self.code}/")

    def confirms_the_draft(self) -> None:
        """Look over the draft certificate and agree."""
        self.follows()
        self.sees("Xem lại")
        self.look("tracking-draft")
        self.page.goto(self._task("/ban-du-thao/"))
        self.look("draft")
        self.presses("Đúng, tôi đồng ý")

    def _task(self, part: str) -> str:
        found: str = self.page.locator(f'main a[href*="{part}"]').first.get_attribute("href") or ""
        return found

    def goes_on(self, part: str) -> None:
        """Open what waits for this person."""
        self.page.goto(self._task(part))

    def asked(self) -> set[str]:
        """Return the questions that the page asks."""
        return set(Form(self.page).names()) - {"same"}

    def brings(self, paper: str, pages: int) -> None:
        """Photograph a paper anew."""
        taken = [photographs.jpeg("GIẤY CHỨNG SINH", 8 + page) for page in range(pages)]
        self.chooses_files(paper, taken)

    def supplies(self, facts: Facts) -> None:
        """Answer what was asked and send it."""
        Form(self.page).answer(facts)
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Gửi phần bổ sung").click()
        expect(self.page).to_have_url(re.compile("/theo-doi/"))

    def withdraws(self, reason: str) -> None:
        """Take the dossier back."""
        self.follows()
        self.presses("Rút hồ sơ")
        self.page.locator("[name=reason]").fill(reason)
        self.look("withdraw")
        self.page.get_by_role("button", name="Rút hồ sơ").click()
        self.page.wait_for_load_state()

    def opens_another_tab(self, address: str) -> Page:
        """Open an address in a second tab of the same browser."""
        page = self.context.new_page()
        page.goto(address)
        return page

    def journey_begins(self, journey: str) -> None:
        """Keep pictures from here on."""
        self.eye.starts(journey)

    def goes_to_pay(self) -> None:
        """Open the fee and go to the gateway."""
        self.follows()
        reloaded_until(self.page, 'main a[href*="/thanh-toan/"]')
        self.page.goto(self._task("/thanh-toan/"))
        reloaded_until(self.page, "main form button.button-primary")
        self.look("pay")
        self.presses("Nộp")
        self.page.wait_for_url(f"{self.house.box}/**")

    def downloads(self, link: Locator) -> bytes:
        """Follow a link to a file as this person; return what came."""
        answer = self.context.request.get(link.get_attribute("href") or "")
        assert answer.ok, answer.status
        return answer.body()


class Officer:
    """Somebody in an office, at a desk or with a telephone of their own."""

    def __init__(self, browser: Browser, house: House, username: str, *, state: Any = None) -> None:
        self.house, self.username = house, username
        self.context = browser.new_context(
            viewport={"width": 1280, "height": 900},
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            base_url=house.url,
            storage_state=state,
        )
        self.context.set_default_timeout(USUAL)
        self.page = self.context.new_page()
        self.eye = Eye(self.page, f"desk-{username}", once=True)
        if state is None:
            self._sign_in()

    def in_another_window(self, browser: Browser) -> "Officer":
        """Sit down at a second screen, signed in there too."""
        state = self.context.storage_state()
        return Officer(browser, self.house, self.username, state=state)

    def _sign_in(self) -> None:
        password, code = self.house.official(self.username)
        self.page.goto("/can-bo/")
        self.page.locator("[name=username]").fill(self.username)
        self.page.locator("[name=password]").fill(password)
        self.page.locator("[name=password]").press("Enter")
        self.page.locator("[name=code]").fill(code)
        self.page.locator("[name=code]").press("Enter")
        self.page.wait_for_url("**/can-bo/")
        self.eye.look("queue")

    def opens(self, code: str) -> None:
        self.page.goto(f"/can-bo/ho-so/{code}/")
        self._proves_again()

    def _proves_again(self) -> None:
        """Open a desk that has locked meanwhile, or show a second factor anew where that is asked for."""
        password, code = self.house.official(self.username)
        for name, answer in (("_password", password), ("_code", code)):
            box = self.page.locator(f"[name={name}]")
            if box.count():
                box.fill(answer)
                box.press("Enter")
                self.page.wait_for_load_state()

    def sees(self, words: str, *, within: float = 20) -> None:
        reloaded_until(self.page, "main", words, within=within)

    def turns_to(self, code: str, slug: str, part: str = "") -> None:
        """Open a dossier, wait until this may be done, and open its page."""
        self.opens(code)
        wanted = f'main a[href*="/viec/{slug}/{part}"]'
        reloaded_until(self.page, wanted)
        self.eye.look("dossier")
        self.page.locator(wanted).first.click()
        self.page.wait_for_load_state()
        self._proves_again()
        self.eye.look(f"act-{slug}")

    def does(self, code: str, slug: str, facts: Facts | None = None, *, part: str = "") -> None:
        """Do something to a dossier as soon as it may be done."""
        self.turns_to(code, slug, part)
        form = Form(self.page)
        form.answer(facts or {})
        self.page.locator("main form[method=post] button.button").first.click()
        self.page.wait_for_load_state()
        wrong = self.page.locator(".error-summary, .field-error").all_inner_texts()
        assert not wrong, wrong

    def hands_over(self, code: str) -> None:
        """Give the results at the counter to whoever showed a card and signed the note."""
        self.turns_to(code, "tra-ket-qua")
        Form(self.page).answer({"proof": "card", "digits": "321"})
        note = {"name": "phieu.jpg", "mimeType": "image/jpeg", "buffer": jpeg(300, 400)}
        self.page.locator("#files").set_input_files(note)  # type: ignore[arg-type]
        self.page.get_by_role("button", name="Ghi đã trả kết quả").click()
        self.page.wait_for_load_state()
        wrong = self.page.locator(".error-summary, .field-error").all_inner_texts()
        assert not wrong, wrong

    def asks_for_a_supplement(
        self, code: str, reasons: Mapping[str, str], *, part: str = ""
    ) -> None:
        """Send a complete request: field or paper → coded reason."""
        self.turns_to(code, "yeu-cau-bo-sung", part)
        for about, reason in reasons.items():
            box = self.page.locator(f'[name=pick][value="{about}"]').first
            self.page.locator(f'label[for="{box.get_attribute("id")}"]').click()
            self.page.locator(f'[name="reason:{about}"]').first.select_option(reason)
        self.page.get_by_role("button", name="Xem lại trước khi gửi").click()
        self.eye.look("reasons-review")
        if self.page.locator("#unseen-ok").count():
            self.page.locator('label[for="unseen-ok"]').click()
        self.page.locator('[name=_stage][value="send"]').click()
        self.page.wait_for_load_state()
