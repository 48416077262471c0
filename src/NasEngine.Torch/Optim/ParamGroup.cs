namespace NasEngine.Torch;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Parameters that an optimiser steps with settings of their own.</summary>
        public sealed class ParamGroup
        {
            /// <summary>Initializes a group.</summary>
            /// <param name="parameters">The parameters; the tensors must outlive the optimiser.</param>
            /// <param name="lr">The learning rate; the optimiser's unless set.</param>
            /// <param name="weight_decay">The weight decay; the optimiser's unless set.</param>
            public ParamGroup(IEnumerable<Tensor> parameters, double? lr = null, double? weight_decay = null)
            {
                Parameters = [.. parameters];
                ChosenLearningRate = lr;
                ChosenWeightDecay = weight_decay;
            }

            /// <summary>Gets the parameters.</summary>
            public IReadOnlyList<Tensor> Parameters { get; }

            /// <summary>Gets or sets the learning rate of the next step.</summary>
            public double LearningRate { get; set; }

            /// <summary>Gets or sets the weight decay of the next step.</summary>
            public double WeightDecay { get; set; }

            internal double? ChosenLearningRate { get; }

            internal double? ChosenWeightDecay { get; }
        }
    }
}
