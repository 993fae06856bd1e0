import java.io.File;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.formats.TurtleDocumentFormat;
import org.semanticweb.owlapi.io.FileDocumentSource;
import org.semanticweb.owlapi.io.OWLOntologyLoaderMetaData;
import org.semanticweb.owlapi.io.RDFParserMetaData;
import org.semanticweb.owlapi.model.IRI;
import org.semanticweb.owlapi.model.MissingImportHandlingStrategy;
import org.semanticweb.owlapi.model.OWLOntology;

import org.semanticweb.owlapi.model.OWLOntologyManager;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;
import org.semanticweb.owlapi.profiles.OWLProfileReport;
import org.semanticweb.owlapi.util.SimpleIRIMapper;

/**
 * Loads Turtle files through the OWL API, as Protégé does, and prints one line each: file, axioms, unparsed triples, OWL 2 DL violations,
 * individuals, imports. Imports are mapped by -Dmap=IRI=FILE,IRI=FILE. Details of what is wrong follow on lines that begin with a tab.
 */
public class OwlCheck {
  public static void main(String[] files) throws Exception {
    for (String file : files) {
      OWLOntologyManager manager = OWLManager.createOWLOntologyManager();
      for (String pair : System.getProperty("map", "").split(",")) {
        if (pair.contains("=")) {
          int cut = pair.indexOf('=');
          manager.getIRIMappers().add(new SimpleIRIMapper(IRI.create(pair.substring(0, cut)), IRI.create(new File(pair.substring(cut + 1)))));
        }
      }
      manager.getOntologyConfigurator().setMissingImportHandlingStrategy(MissingImportHandlingStrategy.THROW_EXCEPTION);
      OWLOntology ontology = manager.loadOntologyFromOntologyDocument(new FileDocumentSource(new File(file), new TurtleDocumentFormat()));
      Optional<OWLOntologyLoaderMetaData> loaded = manager.getOntologyFormat(ontology).getOntologyLoaderMetaData();
      long unparsed = -1;
      StringBuilder details = new StringBuilder();
      if (loaded.isPresent() && loaded.get() instanceof RDFParserMetaData) {
        RDFParserMetaData parser = (RDFParserMetaData) loaded.get();
        unparsed = parser.getUnparsedTriples().count();
        parser.getUnparsedTriples().limit(20).forEach(triple -> details.append("\tunparsed ").append(triple).append('\n'));
      }
      OWLProfileReport report = new OWL2DLProfile().checkOntology(ontology);
      Map<String, Long> kinds =
          report.getViolations().stream().collect(Collectors.groupingBy(v -> v.getClass().getSimpleName(), TreeMap::new, Collectors.counting()));
      if (!kinds.isEmpty()) {
        details.append("\tviolations ").append(kinds).append('\n');
        report.getViolations().stream().limit(15).forEach(v -> details.append('\t').append(v).append('\n'));
      }
      System.out.printf(
          "%s axioms=%d unparsed=%d violations=%d individuals=%d imports=%d%n%s",
          new File(file).getName(),
          ontology.getAxiomCount(),
          unparsed,
          report.getViolations().size(),
          ontology.individualsInSignature().count(),
          ontology.importsDeclarations().count(),
          details);
    }
  }
}
