import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

/**
 * Checks many PDFs against several veraPDF flavours in one JVM: PdfCheck FLAVOUR[,FLAVOUR…] FILE|FOLDER…
 *
 * One line for each file and flavour, separated by tabs: PASS|FAIL|ERROR, flavour, path, failed rules with their counts.
 * The last line is CHECKED, the number of files, the number of flavours. Exit code 0: all pass; 1: some do not; 2: no file
 * or a wrong call. There is no tolerance.
 */
public class PdfCheck {
    private static final int SHOWN = 20; // failed assertions kept for each rule

    private final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, "UTF-8");
    private boolean failed;

    private PdfCheck() throws IOException {}

    public static void main(String[] args) throws Exception {
        java.util.logging.LogManager.getLogManager().reset(); // veraPDF logs to stderr otherwise
        VeraGreenfieldFoundryProvider.initialise();
        System.exit(args.length < 2 ? 2 : new PdfCheck().run(args));
    }

    private int run(String[] args) throws IOException {
        List<PDFAFlavour> flavours = new ArrayList<>();
        for (String name : args[0].split(",")) {
            PDFAFlavour flavour = PDFAFlavour.byFlavourId(name);
            if (flavour == PDFAFlavour.NO_FLAVOUR) {
                System.err.println("unknown flavour " + name);
                return 2;
            }
            flavours.add(flavour);
        }
        List<Path> files = new ArrayList<>();
        for (int i = 1; i < args.length; i++) {
            try (var all = Files.walk(Path.of(args[i]))) {
                all.filter(p -> p.toString().endsWith(".pdf")).sorted().forEach(files::add);
            }
        }
        for (Path file : files) {
            for (PDFAFlavour flavour : flavours) {
                check(file, flavour);
            }
        }
        out.println("CHECKED\t" + files.size() + "\t" + flavours.size());
        return files.isEmpty() ? 2 : failed ? 1 : 0;
    }

    private void check(Path file, PDFAFlavour flavour) {
        String state = "ERROR";
        String rules;
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file.toFile(), flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, SHOWN, false, true, false)) {
            ValidationResult result = validator.validate(parser);
            state = result.isCompliant() ? "PASS" : "FAIL";
            rules = rules(result);
        } catch (Exception e) { // unreadable, encrypted: whatever it is, it is not conforming
            rules = clean(String.valueOf(e));
        }
        failed |= !state.equals("PASS");
        out.println(state + "\t" + flavour.getId() + "\t" + file + "\t" + rules);
    }

    private static String rules(ValidationResult result) {
        Map<String, String> messages = new LinkedHashMap<>();
        for (TestAssertion a : result.getTestAssertions()) {
            if (a.getStatus() == TestAssertion.Status.FAILED) {
                messages.putIfAbsent(name(a.getRuleId()), clean(a.getErrorMessage() == null ? a.getMessage() : a.getErrorMessage()));
            }
        }
        StringBuilder b = new StringBuilder();
        for (Map.Entry<RuleId, Integer> e : result.getFailedChecks().entrySet()) {
            String rule = name(e.getKey());
            b.append(rule).append('=').append(e.getValue()).append('(').append(messages.getOrDefault(rule, "")).append(");");
        }
        return b.toString();
    }

    private static String name(RuleId r) {
        return r.getClause() + "-" + r.getTestNumber();
    }

    private static String clean(String s) {
        return s == null ? "" : s.replaceAll("\\s+", " ");
    }
}
